/** Owns: what a text or typed phones become, as the page is told, and the requests `plan` and `read-word`. */
import type { Ladder } from '../../gpu/ladder/load'
import { phonesToPlan } from '../../gpu/ladder/phones-plan'
import { textToPlan, type SpokenPlan } from '../../gpu/ladder/plan'
import { readWord } from '../../gpu/ladder/word-readings'
import type { PlanRequest, ReadWordRequest, SpeakPlan, WantedSpeech } from '../protocol'
import type { TaskContext } from './context'

/** @throws ConvergeError as `textToPlan` and `phonesToPlan` */
export async function toSpokenPlan(
  ladder: Ladder,
  { text, phones, pronunciations }: Pick<WantedSpeech, 'text' | 'phones' | 'pronunciations'>,
): Promise<SpokenPlan> {
  if (!phones) return textToPlan(ladder, text, pronunciations)
  // Phones can be spoken whatever the text is.
  const named = await textToPlan(ladder, text, pronunciations).catch(() => undefined)
  return phonesToPlan(ladder, phones, named)
}

export function toSpeakPlan({ utterances, held, words, skipped }: SpokenPlan): SpeakPlan {
  let end = 0
  const utteranceEnds = utterances.map(({ length }) => (end += length))
  return { phones: utterances.flat(), ...(held && { held: held.flat() }), utteranceEnds, words, skipped }
}

export async function runPlan({ ladder, post }: TaskContext, request: PlanRequest) {
  const plan = toSpeakPlan(await toSpokenPlan(ladder, request))
  post({ type: 'plan-made', id: request.id, plan })
}

export async function runReadWord({ ladder, post }: TaskContext, { id, word }: ReadWordRequest) {
  post({ type: 'word-read', id, readings: await readWord(ladder, word) })
}
