/** Owns: what a text or typed phones become, as the page is told, and the requests `plan` and `read-word`. */
import { phonesToPlan } from '../../gpu/ladder/phones-plan'
import { textToPlan, type SpokenPlan } from '../../gpu/ladder/plan'
import { readWord } from '../../gpu/ladder/word-readings'
import { ConvergeError } from '../../speech/errors'
import type { PlanRequest, ReadWordRequest, SpeakPlan, WantedSpeech } from '../protocol'
import type { TaskContext } from './context'

/** @throws ConvergeError as `textToPlan` and `phonesToPlan` */
export async function toSpokenPlan(
  { ladder, pause }: Pick<TaskContext, 'ladder' | 'pause'>,
  { text, phones, pronunciations }: Pick<WantedSpeech, 'text' | 'phones' | 'pronunciations'>,
): Promise<SpokenPlan> {
  const planning = textToPlan(ladder, text, pronunciations, pause)
  if (!phones) return planning
  const named = await planning.catch((error: unknown) => {
    // Phones can be spoken whatever the text is; a stop stays a stop.
    if (error instanceof ConvergeError) return undefined
    throw error
  })
  return phonesToPlan(ladder, phones, named)
}

export function toSpeakPlan({ utterances, held, words, skipped }: SpokenPlan): SpeakPlan {
  let end = 0
  const utteranceEnds = utterances.map(({ length }) => (end += length))
  return { phones: utterances.flat(), ...(held && { held: held.flat() }), utteranceEnds, words, skipped }
}

export async function runPlan(context: TaskContext, request: PlanRequest) {
  const plan = toSpeakPlan(await toSpokenPlan(context, request))
  context.post({ type: 'plan-made', id: request.id, plan })
}

export async function runReadWord({ ladder, post }: TaskContext, { id, word }: ReadWordRequest) {
  post({ type: 'word-read', id, readings: await readWord(ladder, word) })
}
