/**
 * Owns: one timed run of a language model's engine: the streams' prefixes, then so many steps of all of them; and the
 * streams that every engine is given, so that what they draw can be compared.
 */
import { textToPlan } from '../src/gpu/ladder/plan'
import type { Ladder } from '../src/gpu/ladder/load'
import { chooseVoice } from '../src/gpu/ladder/voice'
import type { Drawn, LmEngine, StreamSpec } from '../src/gpu/lm-engine'
import { uncut } from '../src/speech/3-units/sampling'

const TEXT = 'The quick brown fox jumps over the lazy dog while the sun goes down.'
export const TAKES = [1, 4, 8, 16] as const
/** Tokens that a second of speech needs. */
export const REAL_TIME_TOKENS = 52

/** Steps between two looks at whether the takes have ended. */
const STEPS_AT_ONCE = 16

export interface LmRun {
  readonly prefixMs: number
  /** Of all tokens after the prefixes. */
  readonly drawMs: number
  readonly tokens: number
  readonly drawn: readonly (readonly Drawn[])[]
}

export const tokensPerSecond = ({ tokens, drawMs }: Pick<LmRun, 'tokens' | 'drawMs'>): number =>
  (1000 * tokens) / drawMs

/**
 * @param steps infinite: all takes to their ends, so that every engine has the same histories to look back on, whether it
 *   runs its takes together or a few at a time
 */
export async function runOnce(engine: LmEngine, specs: readonly StreamSpec[], steps: number): Promise<LmRun> {
  const startMs = performance.now()
  const batch = await engine.start(specs)
  const prefixedMs = performance.now()
  try {
    const drawn = specs.map((): Drawn[] => [])
    for (let left = steps; left > 0 && !batch.done; left -= STEPS_AT_ONCE) {
      const more = await batch.run(Math.min(left, STEPS_AT_ONCE))
      for (const [take, tokens] of more.entries()) drawn[take].push(...tokens)
    }
    const drawMs = performance.now() - prefixedMs
    return { prefixMs: prefixedMs - startMs, drawMs, tokens: drawn.flat().length, drawn }
  } finally {
    batch.dispose()
  }
}

/** @returns so many takes of one sentence, each with a seed of its own */
export async function makeTakes(ladder: Ladder): Promise<(takes: number) => StreamSpec[]> {
  const { utterances } = await textToPlan(ladder, TEXT)
  const voice = chooseVoice(ladder, { name: 'af_heart' })
  const sampling = uncut(0.7)
  return (takes) =>
    Array.from({ length: takes }, (_, seed) => ({
      plan: { task: 'speak', phones: utterances[0].slice(1, -1), sampling, seed, take: 0 },
      voice,
    }))
}
