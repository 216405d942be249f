/** Owns: the request `branch`: a take with another token forced at one step, drawn to its end, with sound and figures. */
import { branchTake } from '../../gpu/ladder/branch'
import { traceHistory } from '../../gpu/ladder/chances'
import { takeToHistories } from '../../gpu/ladder/take-streams'
import { chooseVoice } from '../../gpu/ladder/voice'
import type { TakeTrace } from '../../speech/takes/take'
import type { BranchRequest, TakeData } from '../protocol'
import type { TaskContext } from './context'
import { soundBuffers, takeToSound } from './take-sound'

export async function runBranch(context: TaskContext, { id, take: parent, branch }: BranchRequest) {
  const { ladder, post, pause } = context
  const { utterances, sampling, seed } = parent
  const plan = { ...parent, utterances, words: [], skipped: [] }
  const options = { voice: chooseVoice(ladder, parent.voice), sampling, seed }
  const drawing = branchTake(ladder, plan, parent, branch, options)
  let next = await drawing.next()
  for (; !next.done; next = await drawing.next()) {
    post({ type: 'progress', id, stage: 'draw', done: next.value, total: 0, unit: 'frames' })
    await pause()
  }
  const soundSeed = branch.noise.kind === 'same' ? parent.soundSeed : branch.noise.seed
  const noiseSeed = branch.noise.kind === 'same' ? seed : branch.noise.seed
  const take: TakeData = { ...parent, ...next.value, seed: noiseSeed, soundSeed }
  const trace = await traceTake(context, take)
  const sound = await takeToSound(ladder, take, trace)
  post({ type: 'branched', id, drawn: { take, trace, sound } }, soundBuffers(sound))
}

async function traceTake({ ladder, pause }: TaskContext, take: TakeData): Promise<TakeTrace> {
  const options = { ...take, voice: chooseVoice(ladder, take.voice) }
  const probabilities: number[] = []
  const entropiesNats: number[] = []
  for (const history of takeToHistories(ladder, take, take, options)) {
    const tracing = traceHistory(ladder, history)
    let next = await tracing.next()
    for (; !next.done; next = await tracing.next()) await pause()
    probabilities.push(...next.value.probabilities)
    entropiesNats.push(...next.value.entropiesNats)
  }
  return { probabilities, entropiesNats }
}
