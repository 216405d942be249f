/** Owns: a branch beside the take it left: where their units part, and the figures of both. */
import type { KeptTake } from '../../stores/takes-state'
import { TAKE_FIGURES } from '../../words/take-words'

const { seconds, pitch, range, rate, entropy, probability } = TAKE_FIGURES
const FIGURES = [seconds, pitch, range, rate, entropy, probability]

interface BranchCompareProps {
  readonly take: KeptTake
  readonly parent: KeptTake
}

export function BranchCompare({ take, parent }: BranchCompareProps) {
  const { units } = take.data
  const first = units.findIndex((unit, i) => unit !== parent.data.units[i])
  const same = units.filter((unit, i) => unit === parent.data.units[i]).length
  return (
    <table className="branch-compare">
      <caption className="hint">
        {first < 0
          ? 'The same units as its parent.'
          : `Other than its parent from ${(first * take.timeline.unitSeconds).toFixed(2)} s on; ${same} of ${units.length} units are the same.`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">This take</th>
          <th scope="col">Its parent</th>
        </tr>
      </thead>
      <tbody>
        {FIGURES.map(({ name, toText }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{toText(take)}</td>
            <td>{toText(parent)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
