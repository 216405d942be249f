/**
 * Owns: the heard words as text: each says how sure it is and what else it might be, click or Enter plays it, arrows walk.
 * Of very many words one page is in the document.
 */
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select can't be read as a text */
import './heard-words.css'
import { Fragment, memo, useId, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { HeardWord } from '../../../workers/protocol'
import { Button } from '../../components/button'
import { formatPercent } from '../../words/format'
import { SURENESSES, toSureness } from '../../words/sureness'

const PAGE_WORDS = 500

interface HeardWordsProps {
  readonly words: readonly HeardWord[]
  readonly onPlay: (word: HeardWord) => void
}

function toRivals({ rivals = [], origin }: HeardWord): string {
  const others = rivals.map(({ word, probability }) => `${word} ${formatPercent(probability)}`)
  const or = others.length > 0 ? `; or ${others.join(', ')}` : ''
  return origin === 'model' ? `${or}; not in the dictionary, spelled by the model` : or
}

function toLabel(word: HeardWord): string {
  const times = `${word.startSeconds.toFixed(2)} to ${word.endSeconds.toFixed(2)} seconds`
  return `${word.word}, ${formatPercent(word.probability)} sure, ${times}${toRivals(word)}`
}

function indexOf(event: MouseEvent): number {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
  return cell ? Number(cell.dataset.index) : -1
}

export const HeardWords = memo(function HeardWords({ words, onPlay }: HeardWordsProps) {
  const id = useId()
  const [chosen, setChosen] = useState(-1)
  const [hovered, setHovered] = useState(-1)
  const [page, setPage] = useState(0)
  const pages = Math.ceil(words.length / PAGE_WORDS)
  const first = Math.min(page, pages - 1) * PAGE_WORDS
  const end = Math.min(words.length, first + PAGE_WORDS)
  const told = words[hovered >= 0 ? hovered : chosen]

  function onKeyDown(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: chosen + 1,
      ArrowLeft: chosen - 1,
      Home: first,
      End: end - 1,
    }
    const next = moves[event.key]
    if (next !== undefined) {
      event.preventDefault()
      const index = Math.max(first, Math.min(end - 1, next))
      setChosen(index)
      document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' })
    } else if ((event.key === 'Enter' || event.key === ' ') && words[chosen]) {
      event.preventDefault()
      onPlay(words[chosen])
    }
  }

  function onClick(event: MouseEvent): void {
    const index = indexOf(event)
    if (!words[index]) return
    setChosen(index)
    onPlay(words[index])
  }

  return (
    <>
      <div
        className="heard-words"
        role="listbox"
        aria-label="Words"
        aria-orientation="horizontal"
        tabIndex={0}
        dir="auto"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onMouseOver={(event) => setHovered(indexOf(event))}
        onMouseLeave={() => setHovered(-1)}
        onFocus={() => chosen < first && setChosen(first)}
        {...(chosen >= first && chosen < end && { 'aria-activedescendant': `${id}-${chosen}` })}
      >
        {words.slice(first, end).map((word, offset) => {
          const index = first + offset
          const classes = [`sure-${toSureness(word.probability)}`, index === chosen && 'heard-chosen']
          return (
            <Fragment key={index}>
              <span
                id={`${id}-${index}`}
                role="option"
                className={classes.filter(Boolean).join(' ')}
                aria-selected={index === chosen}
                aria-posinset={index + 1}
                aria-setsize={words.length}
                aria-label={toLabel(word)}
                data-index={index}
              >
                {word.word}
              </span>{' '}
            </Fragment>
          )
        })}
      </div>
      {pages > 1 && (
        <fieldset className="chips" aria-label="Pages of words">
          <Button className="button button-plain" isDisabled={first === 0} onPress={() => setPage(page - 1)}>
            Earlier words
          </Button>
          <Button
            className="button button-plain"
            isDisabled={end === words.length}
            onPress={() => setPage(page + 1)}
          >
            Later words
          </Button>
        </fieldset>
      )}
      <p className="hint heard-rivals" data-testid="heard-rivals">
        {told ? (
          <>
            <strong>{told.word}</strong> {formatPercent(told.probability)}
            {toRivals(told)}
          </>
        ) : (
          'Point at a word or walk with the arrow keys to see what else it might be; click to hear it.'
        )}
      </p>
      <p className="hint heard-legend">
        {SURENESSES.map(([name, , label]) => (
          <span key={name} className={`sure-${name}`}>
            {label}
          </span>
        ))}
      </p>
    </>
  )
})
