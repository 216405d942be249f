/** Owns: a named part that has more inside than it shows, and scrolls by the keyboard too. */
import type { ReactNode } from 'react'

interface ScrollBoxProps {
  readonly label: string
  readonly className: string
  readonly dir?: 'auto'
  readonly children: ReactNode
}

export function ScrollBox({ label, className, children, ...props }: ScrollBoxProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <section {...props} className={`scroll ${className}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
