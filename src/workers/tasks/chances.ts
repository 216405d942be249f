/**
 * Owns: the request `chances`: the logits of every step of a take, or of listening to a stretch of units, posted in rows
 * so that the page re-weights them without asking again.
 */
import { openReplay } from '../../gpu/ladder/chances'
import type { Ladder } from '../../gpu/ladder/load'
import type { StreamHistory } from '../../gpu/ladder/take-streams'
import { takeToHistories } from '../../gpu/ladder/take-streams'
import { chooseVoice } from '../../gpu/ladder/voice'
import { STEPS_PER_RUN } from '../../gpu/lm-engine'
import { AS_THE_MODEL_THINKS } from '../../speech/3-units/sampling'
import type { TokenId, Unit } from '../../speech/3-units/vocabulary'
import { reweight, type StoredStep } from '../../speech/takes/reweight'
import type { ChancesRequest, ChanceSteps, TakeData } from '../protocol'
import type { TaskContext } from './context'

const STEPS_PER_MESSAGE = 24

export async function runChances({ ladder, post, pause }: TaskContext, { id, of }: ChancesRequest) {
  const histories =
    of.kind === 'take' ? toHistories(ladder, of.take) : [await hearAgain({ ladder, pause }, of.units)]
  let firstStep = 0
  // While listening, the first unit is heard already; while speaking, the first phone is given.
  let frames = of.kind === 'take' ? 0 : 1
  let phones = 0
  for (const history of histories) {
    const replay = openReplay(ladder, history)
    try {
      for (let from = 0; from < replay.steps; from += STEPS_PER_MESSAGE) {
        const steps: StoredStep[] = []
        const places = { frames: [] as number[], phones: [] as number[] }
        for (let step = from; step < Math.min(replay.steps, from + STEPS_PER_MESSAGE); step++) {
          const stored = await replay.at(step)
          steps.push(stored)
          places.frames.push(frames)
          places.phones.push(phones)
          if (ladder.vocabulary.isUnit(stored.drawn)) frames += 1
          else phones += 1
          await pause()
        }
        const message = { ...toChanceSteps(ladder, steps), ...places, firstStep: firstStep + from }
        post({ type: 'thought', id, steps: message }, [message.logits.buffer])
      }
    } finally {
      replay.dispose()
    }
    firstStep += replay.steps
  }
  post({ type: 'chances-told', id, steps: firstStep })
}

function toHistories(ladder: Ladder, take: TakeData): StreamHistory[] {
  const { sampling, seed } = take
  const options = { voice: chooseVoice(ladder, take.voice), sampling, seed }
  return takeToHistories(ladder, take, take, options)
}

/** What greedy listening says to these units. */
async function hearAgain(
  { ladder, pause }: Pick<TaskContext, 'ladder' | 'pause'>,
  units: readonly Unit[],
): Promise<StreamHistory> {
  const plan = { task: 'listen', units } as const
  const voice = new Float32Array(ladder.manifest.voiceDim)
  const batch = await ladder.lm.start([{ plan, voice }])
  try {
    const tokens: TokenId[] = []
    while (!batch.done) {
      const [drawn] = await batch.run(STEPS_PER_RUN)
      for (const { id } of drawn) tokens.push(id)
      await pause()
    }
    return { plan, voice, tokens }
  } finally {
    batch.dispose()
  }
}

function toChanceSteps({ vocabulary }: Ladder, steps: readonly StoredStep[]) {
  const logits = new Float32Array(steps.length * vocabulary.size)
  steps.forEach((step, i) => logits.set(step.logits, i * vocabulary.size))
  const seen = steps.map((step) => reweight(step, AS_THE_MODEL_THINKS, vocabulary))
  return {
    logits,
    allowed: steps.map(({ allowed }) => allowed),
    drawn: steps.map(({ drawn }) => drawn),
    addresses: steps.map(({ address }) => address ?? null),
    entropiesNats: seen.map(({ entropyNats }) => entropyNats),
    surprisesNats: seen.map(({ surpriseNats }) => surpriseNats),
  } satisfies Partial<ChanceSteps>
}
