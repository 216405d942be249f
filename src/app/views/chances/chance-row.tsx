/** Owns: one token's bars: what the model thinks behind, what temperature and cuts make of it in front, its Gumbel score. */
import { memo } from 'react'
import { formatChance } from '../../words/token-words'

export interface ChanceRowProps {
  readonly domId: string
  readonly token: number
  readonly sign: string
  readonly name: string
  readonly color: string | undefined
  readonly model: number
  readonly shaped: number
  readonly score: number | undefined
  /** The chance that fills the row. */
  readonly widest: number
  readonly isDrawn: boolean
  readonly isWinner: boolean
  readonly isPicked: boolean
}

export const ChanceRow = memo(function ChanceRow(props: ChanceRowProps) {
  const { domId, token, sign, name, color, model, shaped, score, widest, isDrawn, isWinner, isPicked } = props
  const isCut = shaped === 0
  const words = [
    `${name}: ${formatChance(model)}`,
    isCut ? 'cut' : `now ${formatChance(shaped)}`,
    isDrawn && 'drawn',
    isWinner && !isDrawn && 'would be drawn now',
    score !== undefined && `score ${score.toFixed(2)}`,
  ]
  return (
    <div
      id={domId}
      role="option"
      className={isPicked ? 'chance chance-picked' : 'chance'}
      aria-selected={isPicked}
      aria-label={words.filter(Boolean).join(', ')}
      data-token={token}
      data-shaped={shaped}
    >
      <span className="chance-sign">
        <span className="chance-swatch" style={{ background: color }} />
        {sign}
      </span>
      <span className="chance-bars">
        <span className="chance-model" style={{ width: `${(100 * model) / widest}%` }} />
        <span className="chance-shaped" style={{ width: `${(100 * shaped) / widest}%` }} />
      </span>
      <span className="chance-numbers">
        {formatChance(model)} → {isCut ? 'cut' : formatChance(shaped)}
      </span>
      <span className="chance-score">
        {isDrawn && <b title="drawn">● </b>}
        {isWinner && !isDrawn && <b title="would be drawn now">○ </b>}
        {score?.toFixed(1)}
      </span>
    </div>
  )
})
