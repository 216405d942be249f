/** Owns: the words over the phones they are made of. Only what is visible is in the document. */
import { memo } from 'react'
import { spansWithin, type WordSpan } from '../stores/timeline'
import { secondsToPx, viewEndSeconds, viewStartSeconds, type AxisView } from './axis'

const MAX_CELLS = 250

export const WordsRow = memo(function WordsRow({
  words,
  view,
}: {
  readonly words: readonly WordSpan[]
  readonly view: AxisView
}) {
  const [first, end] = spansWithin(words, viewStartSeconds(view), viewEndSeconds(view))
  if (end - first > MAX_CELLS) return <p className="desk-dense">{words.length} words: zoom in to see them</p>
  return (
    <div className="desk-words">
      {words.slice(first, end).map((span, offset) => {
        const left = secondsToPx(view, span.startSeconds)
        const width = secondsToPx(view, span.endSeconds) - left
        return (
          <span
            key={first + offset}
            className={span.origin === 'model' ? 'desk-word desk-word-model' : 'desk-word'}
            style={{ left, width }}
            title={span.word}
          >
            {span.word}
          </span>
        )
      })}
    </div>
  )
})
