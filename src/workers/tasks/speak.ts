/** Owns: the request `speak`: one take, its sound posted while it is drawn. */
import { speak } from '../../gpu/ladder/speak'
import { chooseVoice } from '../../gpu/ladder/voice'
import type { SpeakRequest } from '../protocol'
import type { TaskContext } from './context'
import { toSpeakPlan, toSpokenPlan } from './plan'

export async function runSpeak({ ladder, post, nowMs, pause }: TaskContext, request: SpeakRequest) {
  const { id, temperature, cuts, seed, moves } = request
  const startMs = nowMs()
  const voice = chooseVoice(ladder, request.voice)
  const plan = await toSpokenPlan({ ladder, pause }, request)
  const told = toSpeakPlan(plan)
  post({ type: 'planned', id, plan: told })
  const sampling = { ...cuts, temperature }
  const take = speak(ladder, plan, { voice, sampling, seed, ...(moves && { moves }) })
  let firstSampleMs = 0
  let samplesSoFar = 0
  let step = await take.next()
  for (; !step.done; step = await take.next()) {
    const event = step.value
    if (event.type === 'audio') {
      if (samplesSoFar === 0) firstSampleMs = nowMs() - startMs
      samplesSoFar += event.samples.length
      post({ ...event, id }, [event.samples.buffer])
    } else post({ ...event, id })
    await pause()
  }
  const seconds = samplesSoFar / ladder.manifest.sampleRateHz
  const totalMs = nowMs() - startMs
  const result = { ...step.value, phones: told.phones, seconds, firstSampleMs, totalMs }
  post({ type: 'spoken', id, result })
}
