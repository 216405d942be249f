/**
 * Owns: what the engines' contract is tested with: an engine, its reference, and tokens, voices and logits of any length.
 */
import { beforeAll } from 'vitest'
import type { PlacedToken } from '../../../speech/3-units/streams'
import type { LmCursor, LmEngine } from '../../lm-engine'
import type { TestModel } from '../test-model'

export interface Contracted {
  readonly engine: LmEngine
  /** On the same weights. */
  readonly reference: LmEngine
  readonly model: Pick<TestModel, 'manifest' | 'vocabulary'>
}

export interface ContractTolerances {
  /** How far an engine may be from itself when it is fed another way. */
  readonly rounding: number
  /** How far from the reference. */
  readonly distance: number
}

export interface ContractBench extends Pick<Contracted, 'engine' | 'reference'> {
  /** Some tokens as speech has them, the voice first. */
  makeTokens(count: number, seed?: number): PlacedToken[]
  makeVoice(seed?: number): Float32Array
  /** After all tokens, fed at once to a new stream. */
  logitsOf(lm: LmEngine, tokens: readonly PlacedToken[], voice?: Float32Array): Promise<Float32Array>
}

/** Within a `describe`: what is opened is there when its tests run. */
export function useContractBench(open: () => Contracted | Promise<Contracted>): ContractBench {
  let opened: Contracted
  beforeAll(async () => {
    opened = await open()
  })
  const makeVoice = (seed = 0) =>
    Float32Array.from({ length: opened.model.manifest.voiceDim }, (_, i) => Math.sin(i * 1.7 + seed))
  return {
    get engine() {
      return opened.engine
    },
    get reference() {
      return opened.reference
    },
    makeTokens(count, seed = 0) {
      const { vocabulary, manifest } = opened.model
      return Array.from({ length: count }, (_, i) => {
        if (i === 0) return { id: vocabulary.pad, time: 0, phone: 0 }
        const id =
          i % 4 === 1
            ? vocabulary.phoneRange[0] + ((i * 7 + seed) % 70)
            : vocabulary.unitToId((i * 389 + seed * 31) % manifest.codes)
        return { id, time: Math.floor(i * 0.75), phone: Math.ceil(i / 4) }
      })
    },
    makeVoice,
    async logitsOf(lm, tokens, voice = makeVoice()) {
      const cursor = lm.openCursor()
      const logits = await feedOne(cursor, cursor.open(voice), tokens)
      cursor.dispose()
      return logits
    },
  }
}

export async function feedOne(
  cursor: LmCursor,
  stream: number,
  tokens: readonly PlacedToken[],
): Promise<Float32Array> {
  const [logits] = await cursor.feed([{ stream, tokens }])
  return logits
}
