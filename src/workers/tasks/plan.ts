/** Owns: what a text or typed phones become, as the page is told. */
import type { Ladder } from '../../gpu/ladder/load'
import { phonesToPlan, textToPlan, type SpokenPlan } from '../../gpu/ladder/plan'
import type { Phone } from '../../speech/3-units/vocabulary'
import type { SpeakPlan } from '../protocol'

interface Wanted {
  readonly text: string
  readonly phones?: readonly Phone[]
}

/** @throws ConvergeError as `textToPlan` and `phonesToPlan` */
export async function toSpokenPlan(ladder: Ladder, { text, phones }: Wanted): Promise<SpokenPlan> {
  return phones ? phonesToPlan(ladder, phones) : textToPlan(ladder, text)
}

export function toSpeakPlan({ utterances, words, skipped }: SpokenPlan): SpeakPlan {
  let end = 0
  const utteranceEnds = utterances.map(({ length }) => (end += length))
  return { phones: utterances.flat(), utteranceEnds, words, skipped }
}
