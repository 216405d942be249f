/**
 * Owns: the model's mind at any step of a stream that was already drawn: the stream's prefix and tokens are fed to a cursor
 * again up to that step. Stepping on or back costs one token, so a person may walk along a take. Works on every engine
 * and for every task; what the numbers mean is `reweight`'s business.
 */
import { planToRule } from '../../speech/3-units/streams'
import { AS_THE_MODEL_THINKS, type DrawAddress } from '../../speech/3-units/sampling'
import { ConvergeError } from '../../speech/errors'
import { reweight, type StoredStep } from '../../speech/takes/reweight'
import type { TakeTrace } from '../../speech/takes/take'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { StreamId } from '../lm-engine'
import type { Ladder } from './load'
import { placeTokens, type StreamHistory } from './take-streams'

export interface Replay {
  /** Steps 0 … steps - 1 can be looked at. */
  readonly steps: number
  /** @throws ConvergeError `option-invalid` for another step, `engine-failed` */
  at(step: number): Promise<StoredStep>
  dispose(): void
}

export type ReplayPorts = Pick<Ladder, 'lm' | 'vocabulary'>

/** Calls of `at` must not overlap. */
export function openReplay({ lm, vocabulary }: ReplayPorts, history: StreamHistory): Replay {
  const rule = planToRule(history.plan, vocabulary)
  const { placed, states } = placeTokens(rule, history.tokens)
  const cursor = lm.openCursor()
  let stream: StreamId | undefined
  return {
    steps: history.tokens.length,
    async at(step) {
      checkStep(step, history.tokens.length)
      const wanted = rule.prefix.length + step
      stream ??= cursor.open(history.voice)
      // The last token is fed again: its logits are not kept.
      if (cursor.length(stream) >= wanted) cursor.rewind(stream, wanted - 1)
      const tokens = placed.slice(cursor.length(stream), wanted)
      const [logits] = await cursor.feed([{ stream, tokens }])
      return {
        task: history.plan.task,
        logits,
        allowed: rule.allowed(states[step]),
        drawn: history.tokens[step],
        address: noiseAddress(history, step),
      }
    },
    dispose: () => cursor.dispose(),
  }
}

/**
 * Chance and entropy of every step, for tokens that came out of a link or a file; a take that is drawn here brings its own.
 * Yields the number of steps done.
 */
export async function* traceHistory(
  ports: ReplayPorts,
  history: StreamHistory,
): AsyncGenerator<number, TakeTrace> {
  const replay = openReplay(ports, history)
  const probabilities: number[] = []
  const entropiesNats: number[] = []
  try {
    for (let step = 0; step < replay.steps; step++) {
      const { surpriseNats, entropyNats } = lookAt(await replay.at(step), ports.vocabulary)
      probabilities.push(Math.exp(-surpriseNats))
      entropiesNats.push(entropyNats)
      yield step + 1
    }
  } finally {
    replay.dispose()
  }
  return { probabilities, entropiesNats }
}

const lookAt = (step: StoredStep, vocabulary: Vocabulary) => reweight(step, AS_THE_MODEL_THINKS, vocabulary)

function noiseAddress({ plan }: StreamHistory, step: number): DrawAddress | undefined {
  return 'seed' in plan ? { seed: plan.seed, take: plan.take, step } : undefined
}

function checkStep(step: number, steps: number): void {
  if (Number.isInteger(step) && step >= 0 && step < steps) return
  throw new ConvergeError('option-invalid', `This stream has the steps 0 to ${steps - 1}; found ${step}.`, {
    option: 'step',
    wanted: steps - 1,
    found: step,
  })
}
