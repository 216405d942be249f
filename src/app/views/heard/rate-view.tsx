/** Owns: one error rate with its alignment: as marked text, and as a table. */
import { Fragment } from 'react'
import type { MeasureResult } from '../../../workers/protocol'
import { ScrollBox } from '../../components/scroll-box'
import { DataTable } from '../../plots/data-table'
import { formatCount, formatRate } from '../../words/format'

type Rate = MeasureResult['words']
type Pair = Rate['pairs'][number]

const MAX_PAIRS = 400
const KINDS = { same: 'right', swapped: 'swapped', missed: 'missed', added: 'added' } as const

function PairView({ pair }: { readonly pair: Pair }) {
  if (pair.kind === 'same') return pair.heard
  return (
    <>
      {pair.kind !== 'added' && <del>{pair.reference}</del>}
      {pair.kind === 'swapped' && ' '}
      {pair.kind !== 'missed' && <ins>{pair.heard}</ins>}
    </>
  )
}

export function RateView({
  title,
  noun,
  rate,
}: {
  readonly title: string
  readonly noun: string
  readonly rate: Rate
}) {
  const count = (kind: Pair['kind']) => rate.pairs.filter((pair) => pair.kind === kind).length
  return (
    <div>
      <p className="rates">
        <span>
          {title} <strong data-testid={`rate-${noun}`}>{formatRate(rate.rate)}</strong>
        </span>
        <span className="hint">
          {rate.errors} wrong of {formatCount(rate.length, noun)}: {count('swapped')} swapped,{' '}
          {count('missed')} missed, {count('added')} added
        </span>
      </p>
      <ScrollBox className="pairs" label={`${title}: what was said and what was heard`}>
        {rate.pairs.slice(0, MAX_PAIRS).map((pair, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a pair is its place
          <Fragment key={index}>
            <PairView pair={pair} />{' '}
          </Fragment>
        ))}
        {rate.pairs.length > MAX_PAIRS && '…'}
      </ScrollBox>
      <DataTable
        title={`${title}, place by place`}
        header={['Place', 'Said', 'Heard', 'Verdict']}
        toRows={() =>
          rate.pairs.map((pair, index) => [
            index + 1,
            'reference' in pair ? pair.reference : undefined,
            'heard' in pair ? pair.heard : undefined,
            KINDS[pair.kind],
          ])
        }
      />
    </div>
  )
}
