/**
 * Owns: how wrong a transcript is: the least number of edits (Levenshtein 1966) with its alignment, phone error rate
 * without stress and word error rate. Rates are errors / length of the reference, so they may exceed 1.
 */
import { splitAlignment } from './split-alignment'

/** One place of an alignment; a side is missing where the other has an item too many. */
type AlignedPair =
  | { readonly kind: 'same' | 'swapped'; readonly reference: string; readonly heard: string }
  | { readonly kind: 'missed'; readonly reference: string }
  | { readonly kind: 'added'; readonly heard: string }

export interface ErrorRate {
  readonly errors: number
  /** Items of the reference. */
  readonly length: number
  /** errors / length; with an empty reference the number of errors. */
  readonly rate: number
  readonly pairs: readonly AlignedPair[]
}

/** Cells of the table of distances that are held at once; a longer alignment is made of halves. */
const MOST_CELLS = 4e6

/** Long lists are cut in two where the fewest edits allow it. */
export function alignmentToRate(
  reference: readonly string[],
  heard: readonly string[],
  mostCells = MOST_CELLS,
): ErrorRate {
  if (reference.length < 2 || (reference.length + 1) * (heard.length + 1) <= mostCells) {
    return alignWhole(reference, heard)
  }
  const [i, j] = splitAlignment(reference, heard)
  const first = alignmentToRate(reference.slice(0, i), heard.slice(0, j), mostCells)
  const second = alignmentToRate(reference.slice(i), heard.slice(j), mostCells)
  return { ...poolRates([first, second]), pairs: [...first.pairs, ...second.pairs] }
}

/** Of all shortest edits the one that keeps pairs together: swaps before misses before additions, from the end on. */
function alignWhole(reference: readonly string[], heard: readonly string[]): ErrorRate {
  const width = heard.length + 1
  // distance (reference.length + 1, width): the fewest edits between the first i and the first j items.
  const distance = new Uint32Array((reference.length + 1) * width)
  const stepCost = (i: number, j: number): number => (reference[i - 1] === heard[j - 1] ? 0 : 1)
  for (let i = 0; i <= reference.length; i++) {
    for (let j = 0; j < width; j++) {
      const at = i * width + j
      distance[at] =
        i === 0 || j === 0
          ? i + j
          : Math.min(
              distance[at - width - 1] + stepCost(i, j),
              distance[at - width] + 1,
              distance[at - 1] + 1,
            )
    }
  }
  const pairs: AlignedPair[] = []
  let i = reference.length
  let j = heard.length
  while (i > 0 || j > 0) {
    const at = i * width + j
    if (i > 0 && j > 0 && distance[at] === distance[at - width - 1] + stepCost(i, j)) {
      const kind = stepCost(i, j) === 0 ? 'same' : 'swapped'
      pairs.push({ kind, reference: reference[--i], heard: heard[--j] })
    } else if (i > 0 && distance[at] === distance[at - width] + 1) {
      pairs.push({ kind: 'missed', reference: reference[--i] })
    } else {
      pairs.push({ kind: 'added', heard: heard[--j] })
    }
  }
  const errors = distance[distance.length - 1]
  return {
    errors,
    length: reference.length,
    rate: errors / Math.max(1, reference.length),
    pairs: pairs.toReversed(),
  }
}

/** Phones by name, stress and pauses left out: what the reference figures count. */
export function phoneErrorRate(reference: readonly string[], heard: readonly string[]): ErrorRate {
  return alignmentToRate(withoutStress(reference), withoutStress(heard))
}

/** Words as they are spoken: what is written short (numbers, dates) is read aloud by the caller, in a plan. */
export function wordErrorRate(reference: string, heard: string): ErrorRate {
  return alignmentToRate(textToWords(reference), textToWords(heard))
}

/** Several utterances as one: errors and lengths add up before they are divided. */
export function poolRates(rates: readonly ErrorRate[]): Omit<ErrorRate, 'pairs'> {
  const errors = rates.reduce((sum, rate) => sum + rate.errors, 0)
  const length = rates.reduce((sum, rate) => sum + rate.length, 0)
  return { errors, length, rate: errors / Math.max(1, length) }
}

function withoutStress(phones: readonly string[]): string[] {
  return phones.filter((phone) => /^\p{L}/u.test(phone)).map((phone) => phone.replace(/[012]+$/, ''))
}

/** Runs of letters, digits and apostrophes inside; whatever else stands between two of them parts them. */
function textToWords(text: string): string[] {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’ʼ]/g, "'")
    .replace(/\p{Cf}/gu, '')
  return (plain.match(/[\p{L}\p{M}\p{N}']+/gu) ?? [])
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '')
}
