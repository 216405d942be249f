/** Owns: the request `grid`: takes drawn as one batch, each posted with its sound as soon as it is whole. */
import { drawGrid } from '../../gpu/ladder/grid'
import { chooseVoice } from '../../gpu/ladder/voice'
import type { GridRequest, TakeData } from '../protocol'
import type { TaskContext } from './context'
import { toSpeakPlan, toSpokenPlan } from './plan'
import { soundBuffers, takeToSound } from './take-sound'

export async function runGrid({ ladder, post, nowMs, pause }: TaskContext, request: GridRequest) {
  const { id, shape, cuts, moves } = request
  const startMs = nowMs()
  const voice = chooseVoice(ladder, request.voice)
  const plan = await toSpokenPlan({ ladder, pause }, request)
  post({ type: 'planned', id, plan: toSpeakPlan(plan) })
  let takes = 0
  for await (const event of drawGrid(ladder, plan, { ...shape, cuts, voice })) {
    if (event.type === 'drawing') {
      const { cell, frames, phones } = event
      post({ type: 'cell-drawing', id, cell, frames, phones })
    } else {
      const { units, durationsFrames, probabilities, entropiesNats, ...cell } = event.take
      const take: TakeData = {
        units,
        durationsFrames,
        utterances: plan.utterances,
        ...(plan.held && { held: plan.held }),
        voice: request.voice,
        sampling: { ...cuts, temperature: cell.temperature },
        seed: cell.seed,
        soundSeed: cell.soundSeed,
        ...(moves && { moves }),
      }
      const trace = { probabilities, entropiesNats }
      const sound = await takeToSound(ladder, take, trace)
      post({ type: 'cell-drawn', id, cell, drawn: { take, trace, sound } }, soundBuffers(sound))
      takes += 1
    }
    await pause()
  }
  post({ type: 'grid-drawn', id, takes, totalMs: nowMs() - startMs })
}
