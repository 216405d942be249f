/**
 * Owns: the distribution at the step in view as a list of bars: phones and the end apart from the units, the rest summed.
 * The arrow keys walk, and what is picked can be heard or branched to.
 */
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select can't draw bars in its options */
import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import type { Alternative, Rest } from '../../../speech/takes/reweight'
import { unitToColor } from '../../desk/unit-color'
import { useThemeColors } from '../../desk/use-theme-colors'
import { useChances, useEngine, useServices, useSettings } from '../../services-context'
import { formatCount } from '../../words/format'
import { formatChance, tokenToName, tokenToSign } from '../../words/token-words'
import './chance-bars.css'
import { ChanceRow } from './chance-row'
import type { Seen } from './use-seen'

const NO_LEVELS: readonly number[] = []

const nextIndex = (key: string, index: number, count: number): number | undefined =>
  ({ ArrowDown: Math.min(count - 1, index + 1), ArrowUp: Math.max(0, index - 1), Home: 0, End: count - 1 })[
    key
  ]

export function ChanceBars({ seen }: { readonly seen: Seen }) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const { chances: store } = useServices()
  const picked = useChances((state) => state.picked)
  const script = useSettings((state) => state.phoneScript)
  const fsqLevels = useEngine((state) => state.catalogue?.fsqLevels ?? NO_LEVELS)
  const { isDark } = useThemeColors()
  const { step, chances, vocabulary } = seen
  const isHearing = step.task === 'listen'
  const units = isHearing ? [] : chances.units
  const shown = [...chances.others, ...units]
  const active = picked ?? step.drawn
  const index = shown.findIndex(({ id: token }) => token === active)
  const most = shown.reduce((high, { model, shaped }) => Math.max(high, model, shaped), 0.01)
  const widest = isHearing ? Math.max(most, chances.allUnits.model) : most

  useEffect(() => {
    const box = list.current
    const row = box?.querySelector<HTMLElement>(`[data-token="${active}"]`)
    // The list scrolls, the page must not.
    if (box && row) box.scrollTop = keepInView(box, row)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- at another step the same token stands elsewhere
  }, [active, step])

  function onKeyDown(event: KeyboardEvent): void {
    const next = nextIndex(event.key, index, shown.length)
    if (next === undefined || !shown[next]) return
    event.preventDefault()
    store.pick(shown[next].id)
  }
  function onClick(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-token]') : null
    if (row) store.pick(Number(row.dataset.token))
  }

  const toRow = (alternative: Alternative) => (
    <ChanceRow
      key={alternative.id}
      domId={`${id}-${alternative.id}`}
      token={alternative.id}
      sign={tokenToSign(alternative.id, vocabulary, script)}
      name={tokenToName(alternative.id, vocabulary)}
      color={
        alternative.kind === 'unit'
          ? unitToColor(vocabulary.idToUnit(alternative.id), fsqLevels, isDark)
          : undefined
      }
      model={alternative.model}
      shaped={alternative.shaped}
      score={alternative.score}
      widest={widest}
      isDrawn={alternative.id === step.drawn}
      isWinner={!isHearing && alternative.id === chances.winner}
      isPicked={alternative.id === active}
    />
  )
  return (
    <div
      ref={list}
      className="scroll chances-list"
      role="listbox"
      aria-label="Chances at this step"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      {...(index >= 0 && { 'aria-activedescendant': `${id}-${active}` })}
    >
      <div role="group" aria-label={isHearing ? 'Say a phone' : 'Phones, and the end'}>
        <p className="chances-group" aria-hidden="true">
          {isHearing ? `Say a phone: ${formatChance(1 - chances.allUnits.model)}` : 'Go on to the next phone'}
        </p>
        {chances.others.map(toRow)}
        {chances.others.length === 0 && (
          <p className="hint">Not allowed here: the phone is not long enough yet.</p>
        )}
        <RestLine rest={chances.restOthers} noun="more token" />
      </div>
      {isHearing ? (
        <p className="chances-group">Hear the next unit: {formatChance(chances.allUnits.model)}</p>
      ) : (
        <div role="group" aria-label="Units">
          <p className="chances-group" aria-hidden="true">
            Units, together {formatChance(chances.allUnits.model)}
          </p>
          {units.map(toRow)}
          <RestLine rest={chances.restUnits} noun="more unit" />
        </div>
      )}
    </div>
  )
}

function RestLine({ rest, noun }: { readonly rest: Rest; readonly noun: string }) {
  if (rest.tokens === 0) return null
  return (
    <p className="hint chances-rest" aria-hidden="true">
      {formatCount(rest.tokens, noun)}, together {formatChance(rest.model)} → {formatChance(rest.shaped)}
    </p>
  )
}

/** The scroll position, as near as possible to the present one, that shows the row. */
function keepInView(box: HTMLElement, row: HTMLElement): number {
  const top = row.offsetTop - box.offsetTop
  const least = top + row.offsetHeight - box.clientHeight
  return Math.max(least, Math.min(top, box.scrollTop))
}
