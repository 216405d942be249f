/** Owns: how far a piece of work has come: a bar, and its value in words. */
import { ProgressBar } from 'react-aria-components'

interface ProgressFieldProps {
  readonly label: string
  readonly done: number
  /** 0 while nobody knows. */
  readonly total: number
  /** The value in words; a percentage without. */
  readonly text?: string
}

export function ProgressField({ label, done, total, text }: ProgressFieldProps) {
  return (
    <ProgressBar
      aria-label={label}
      className="progress-field"
      value={done}
      maxValue={Math.max(1, total)}
      isIndeterminate={total === 0}
      valueLabel={text}
    >
      {({ percentage, valueText }) => (
        <>
          <span className="bar">
            <span className="bar-fill" style={{ width: `${percentage ?? 0}%` }} />
          </span>
          <span className="progress-text">{valueText}</span>
        </>
      )}
    </ProgressBar>
  )
}
