/** Owns: the cuts of sampling in words. */
import type { Cuts } from '../../workers/protocol'

/** One for each cut that is on: `the 5 likeliest (top-k)`. */
function cutsToParts({ topK, topP, minP }: Cuts): string[] {
  return [
    ...(topK === 0 ? [] : [`the ${topK} likeliest (top-k)`]),
    ...(topP === 1 ? [] : [`the likeliest that together have ${percent(topP)} (top-p)`]),
    ...(minP === 0 ? [] : [`those with ${percent(minP)} of the likeliest one’s chance (min-p)`]),
  ]
}

/** A sentence of what may be drawn at all; empty where nothing is cut. */
export function cutsToSentence(cuts: Cuts): string {
  const parts = cutsToParts(cuts)
  if (parts.length === 0) return ''
  return `Cuts are on: at each step only ${parts.join(', and of these ')} may be drawn, however hot.`
}

/** ", top-k 5, min-p 0.1"; empty where nothing is cut. */
export function cutsToText({ topK, topP, minP }: Cuts): string {
  return [
    ...(topK === 0 ? [] : [`, top-k ${topK}`]),
    ...(topP === 1 ? [] : [`, top-p ${topP}`]),
    ...(minP === 0 ? [] : [`, min-p ${minP}`]),
  ].join('')
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`
