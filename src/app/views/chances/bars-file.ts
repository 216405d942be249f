/** Owns: the bars of a step as rows of numbers and as an SVG of its own. Pure. */
import type { Alternative, Reweighted } from '../../../speech/takes/reweight'
import type { Vocabulary } from '../../../speech/3-units/vocabulary'
import { formatRate } from '../../words/format'
import { tokenToName } from '../../words/token-words'
import type { TableCell } from '../../plots/data-table'

export const BARS_HEADER = ['Token', 'Model', 'After temperature and cuts', 'Gumbel score']
const DIGITS = 6
const ROW = 18
const WIDTH = 560
const LEFT = 90

const barsOf = ({ others, units }: Reweighted): readonly Alternative[] => [...others, ...units]

export function barsToRows(chances: Reweighted, vocabulary: Vocabulary): (readonly TableCell[])[] {
  const rows = barsOf(chances).map(({ id, model, shaped, score }): readonly TableCell[] => [
    tokenToName(id, vocabulary),
    Number(model.toFixed(DIGITS)),
    Number(shaped.toFixed(DIGITS)),
    score === undefined ? undefined : Number(score.toFixed(3)),
  ])
  const { restUnits, restOthers } = chances
  for (const rest of [restOthers, restUnits]) {
    if (rest.tokens > 0)
      rows.push([
        `${rest.tokens} more`,
        Number(rest.model.toFixed(DIGITS)),
        Number(rest.shaped.toFixed(DIGITS)),
        undefined,
      ])
  }
  return rows
}

/** Light, for paper. */
export function barsToSvg(chances: Reweighted, vocabulary: Vocabulary): string {
  const bars = barsOf(chances)
  const most = bars.reduce((high, { model, shaped }) => Math.max(high, model, shaped), 0.01)
  const wide = (chance: number) => ((chance / most) * (WIDTH - LEFT - 60)).toFixed(1)
  const rows = bars.map(({ id, model, shaped }, i) => {
    const y = i * ROW + 4
    const isDrawn = id === chances.drawn.id
    const weight = isDrawn ? ' font-weight="700"' : ''
    const percent = `${formatRate(shaped)}${isDrawn ? ' drawn' : ''}`
    return (
      `<text x="${LEFT - 6}" y="${y + 12}" text-anchor="end"${weight}>${tokenToName(id, vocabulary)}</text>` +
      `<rect x="${LEFT}" y="${y + 1}" width="${wide(model)}" height="14" fill="#cfd5d5"/>` +
      `<rect x="${LEFT}" y="${y + 4}" width="${wide(shaped)}" height="8" fill="#0d6b60"/>` +
      `<text x="${LEFT + Number(wide(Math.max(model, shaped))) + 6}" y="${y + 12}"${weight}>${percent}</text>`
    )
  })
  const height = bars.length * ROW + 8
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="Noto Sans, sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>${rows.join('')}</svg>\n`
}
