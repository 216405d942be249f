/** Owns: a part of a card that is folded away until somebody wants it: a heading, what is inside in a few words, the part. */
import './fold.css'
import type { ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { Icon } from './icon'

interface FoldProps {
  readonly title: string
  /** Beside the title, folded or not. */
  readonly summary: string
  readonly isOpen?: boolean
  readonly onToggle?: (isOpen: boolean) => void
  readonly children: ReactNode
}

export function Fold({ title, summary, isOpen, onToggle, children }: FoldProps) {
  return (
    <Disclosure
      className="fold"
      {...(isOpen !== undefined && { isExpanded: isOpen })}
      {...(onToggle && { onExpandedChange: onToggle })}
    >
      <div className="fold-head">
        <Heading level={2}>
          <Button slot="trigger" className="fold-button">
            <Icon name="chevron" />
            {title}
          </Button>
        </Heading>
        <span className="hint fold-summary">{summary}</span>
      </div>
      <DisclosurePanel className="fold-panel">
        <div className="fold-inside">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  )
}
