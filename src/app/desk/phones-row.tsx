/**
 * Owns: the phones row: a list whose cells stand on the time axis. Click or Enter plays one phone, the arrows walk.
 * Only what is visible is in the document.
 */
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select can't lay its options out in time */
import { memo, useId, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useSettings } from '../services-context'
import { spansWithin, type PhoneSpan } from '../stores/timeline'
import { isSpokenPhone, phoneToName, phoneToSign } from '../words/ipa'
import { formatPercent } from '../words/format'
import { secondsToPx, viewEndSeconds, viewStartSeconds, type AxisView } from './axis'

const MAX_CELLS = 250
const LABEL_MIN_PX = 8

interface PhonesRowProps {
  readonly phones: readonly PhoneSpan[]
  readonly view: AxisView
  readonly current: number
  readonly onPlay: (phone: PhoneSpan) => void
  readonly onReveal: (startSeconds: number, endSeconds: number) => void
}

function phoneToLabel({ phone, startSeconds, endSeconds, probability }: PhoneSpan): string {
  const times = `${startSeconds.toFixed(2)} to ${endSeconds.toFixed(2)} seconds`
  const sure = probability === undefined ? '' : `, ${formatPercent(probability)} sure`
  return `${phoneToName(phone)}, ${times}${sure}`
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, index + 1)
    case 'ArrowLeft':
      return Math.max(0, index - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

export const PhonesRow = memo(function PhonesRow(props: PhonesRowProps) {
  const { phones, view, current, onPlay, onReveal } = props
  const id = useId()
  const script = useSettings((state) => state.phoneScript)
  const [chosen, setChosen] = useState(-1)
  const [first, end] = spansWithin(phones, viewStartSeconds(view), viewEndSeconds(view))
  const isTooDense = end - first > MAX_CELLS
  const active = Math.min(chosen, phones.length - 1)

  function onKeyDown(event: KeyboardEvent): void {
    const next = nextIndex(event.key, active, phones.length)
    if (next !== undefined && phones[next]) {
      event.preventDefault()
      setChosen(next)
      onReveal(phones[next].startSeconds, phones[next].endSeconds)
    } else if ((event.key === 'Enter' || event.key === ' ') && phones[active]) {
      event.preventDefault()
      onPlay(phones[active])
    }
  }

  function onClick(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    const index = Number(cell?.dataset.index)
    if (!cell || !phones[index]) return
    setChosen(index)
    onPlay(phones[index])
  }

  if (isTooDense) return <p className="desk-dense">{phones.length} phones: zoom in to see them</p>
  return (
    <div
      className="desk-phones"
      role="listbox"
      aria-label="Phones"
      aria-orientation="horizontal"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={() => active < 0 && setChosen(first)}
      {...(active >= first && active < end && { 'aria-activedescendant': `${id}-${active}` })}
    >
      {phones.slice(first, end).map((span, offset) => {
        const index = first + offset
        const left = secondsToPx(view, span.startSeconds)
        const width = secondsToPx(view, span.endSeconds) - left
        const classes = [
          'desk-phone',
          !isSpokenPhone(span.phone) && 'desk-phone-sign',
          index === current && 'desk-phone-current',
          index === active && 'desk-phone-chosen',
        ]
        return (
          <div
            key={index}
            id={`${id}-${index}`}
            role="option"
            className={classes.filter(Boolean).join(' ')}
            aria-selected={index === active}
            aria-posinset={index + 1}
            aria-setsize={phones.length}
            aria-label={phoneToLabel(span)}
            title={phoneToLabel(span)}
            data-index={index}
            data-phone={span.phone}
            style={{ left, width }}
          >
            {width >= LABEL_MIN_PX && phoneToSign(span.phone, script)}
            {span.probability !== undefined && (
              <span className="desk-sure" style={{ width: `${span.probability * 100}%` }} />
            )}
          </div>
        )
      })}
    </div>
  )
})
