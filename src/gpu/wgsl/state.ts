/**
 * Owns: a stream's grammar as data for `draw.wgsl`: the plan packed into a state (parts/state.wgsl) and a list of tokens,
 * and the words of the state that the batch reads. What the words mean is decided by src/speech/3-units/streams.
 */
import { planToRule, type PlacedToken, type StreamPlan } from '../../speech/3-units/streams'
import { seedToKey } from '../../speech/3-units/philox'
import { GREEDY } from '../../speech/3-units/sampling'
import { MAX_PHONES_PER_FRAME } from '../../speech/3-units/streams/listen'
import { MAX_FRAMES_PER_PHONE } from '../../speech/3-units/streams/speak'
import { MAX_OUTPUT_TOKENS } from '../../speech/3-units/streams/transcribe'
import type { TokenId, Vocabulary } from '../../speech/3-units/vocabulary'

export interface PackedPlan {
  readonly prefix: readonly PlacedToken[]
  /** Speak: the phones with their silences; listen: the units. */
  readonly list: readonly TokenId[]
  /** STATE_WORDS words, once it is known where the list begins. */
  pack(listStart: number): Uint32Array
}

export const STATE_WORDS = 28
export const STATE_BYTES = STATE_WORDS * 4
/** The words that a batch reads back. */
export const STEP_WORD = 1
export const DONE_WORD = 5
export const POSITION_WORD = 6
export const FAILED_WORD = 7

const TASKS = { speak: 0, listen: 1, babble: 2, transcribe: 3 } as const
const NO_LIMIT = 0xffffffff

/** @throws what the plan's rule throws */
export function packPlan(plan: StreamPlan, vocabulary: Vocabulary): PackedPlan {
  const { prefix, start } = planToRule(plan, vocabulary)
  const { task, list, target, runLimit, stepLimit } = taskFields(plan, prefix, vocabulary)
  const isDrawn = plan.task === 'speak' || plan.task === 'babble'
  const sampling = isDrawn ? plan.sampling : GREEDY
  const seed = isDrawn ? seedToKey(plan.seed) : [0, 0]
  return {
    prefix,
    list,
    pack(listStart) {
      const words = new Uint32Array(STATE_WORDS)
      const { step, frames, phones, run } = start
      words.set([TASKS[task], step, frames, phones, run, 0, prefix.length, 0, listStart, list.length])
      words.set([runLimit, stepLimit, ...target, ...vocabulary.unitRange, vocabulary.eos, prefix.length], 10)
      words.set([isDrawn ? plan.take : 0, sampling.topK, ...seed], 18)
      new Float32Array(words.buffer).set([sampling.temperature, sampling.topP, sampling.minP], 22)
      return words
    },
  }
}

function taskFields(plan: StreamPlan, prefix: readonly PlacedToken[], vocabulary: Vocabulary) {
  const { unitRange, phoneRange, letterRange } = vocabulary
  const none: readonly TokenId[] = []
  switch (plan.task) {
    case 'speak': {
      // V <tts> ph1 … phN <go> ph1
      const list = prefix.slice(2, -2).map(({ id }) => id)
      return {
        task: 'speak',
        list,
        target: unitRange,
        runLimit: MAX_FRAMES_PER_PHONE,
        stepLimit: NO_LIMIT,
      } as const
    }
    case 'listen': {
      const list = plan.units.map((unit) => vocabulary.unitToId(unit))
      return {
        task: 'listen',
        list,
        target: phoneRange,
        runLimit: MAX_PHONES_PER_FRAME,
        stepLimit: NO_LIMIT,
      } as const
    }
    case 'babble':
      return {
        task: 'babble',
        list: none,
        target: unitRange,
        runLimit: plan.maxFrames,
        stepLimit: NO_LIMIT,
      } as const
    case 'say-as':
    case 'spell': {
      const target = plan.task === 'say-as' ? phoneRange : letterRange
      return {
        task: 'transcribe',
        list: none,
        target,
        runLimit: NO_LIMIT,
        stepLimit: MAX_OUTPUT_TOKENS,
      } as const
    }
  }
}
