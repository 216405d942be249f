/**
 * Owns: which engine runs the language model, by evidence: the fast one where it gives the known answers, else the
 * reference, with a sentence that says why. Knows no network and no disk.
 */
import { toPlainError } from '../../speech/errors'
import type { Manifest } from '../../speech/manifest'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { LmEngine } from '../lm-engine'
import { createOrtLm } from '../ort/lm'
import type { InferenceSession } from '../ort/runtime'
import { createWasmLm } from '../wasm/lm'
import { answerKnown } from './known-answer'

/** `auto` is `wasm` where it is right. */
export type EngineChoice = 'auto' | 'wasm' | 'ort'
/** The int8 weights that every engine shares, or the half-precision graph of the reference engine. */
export type LmWeights = 'int8' | 'reference'

export interface LmOptions {
  readonly engine: EngineChoice
  /** Of `ort`; the others have int8 alone. */
  readonly lmWeights: LmWeights
  /** The bytes of `wasm/lm.wasm`; asked for once, unless the engine is `ort`. */
  readonly readLmWasm: () => Promise<BufferSource>
}

export interface LmParts {
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
  readonly read: (file: string) => Promise<Uint8Array<ArrayBuffer>>
  readonly openSession: (graph: string, weights?: string) => Promise<InferenceSession>
}

export interface ChosenLm {
  readonly lm: LmEngine
  /** One sentence for a person. */
  readonly lmReason: string
}

const WEIGHTS = 'lm.int8.safetensors'
/** The graph and, where it has them apart, its weights. */
const GRAPHS: Record<LmWeights, readonly [graph: string, weights?: string]> = {
  int8: ['lm.int8.onnx', WEIGHTS],
  reference: ['lm.onnx'],
}

/** Names of the files that `chooseLm` reads, unless it falls back. */
export function neededLmFiles({ engine, lmWeights }: Pick<LmOptions, 'engine' | 'lmWeights'>): string[] {
  return engine === 'ort' ? GRAPHS[lmWeights].filter((name) => name !== undefined) : [WEIGHTS]
}

/** @throws ConvergeError what `read` and `openSession` throw; with `wasm` also what `createWasmLm` throws */
export async function chooseLm(options: LmOptions, parts: LmParts): Promise<ChosenLm> {
  const { manifest, vocabulary } = parts
  const openOrt = async () =>
    createOrtLm(await parts.openSession(...GRAPHS[options.lmWeights]), manifest, vocabulary)
  if (options.engine === 'ort') {
    return {
      lm: await openOrt(),
      lmReason: 'ONNX Runtime on WebAssembly, the reference engine, was asked for.',
    }
  }
  const weights = await parts.read(WEIGHTS)
  const openWasm = async () =>
    createWasmLm({ module: await options.readLmWasm(), weights, manifest, vocabulary })
  if (options.engine === 'wasm') {
    return { lm: await openWasm(), lmReason: 'The kernels on WebAssembly were asked for.' }
  }
  let why: string
  try {
    const lm = await openWasm()
    const { passed, tokens, tokensRight } = await answerKnown({ lm, manifest })
    if (passed) return { lm, lmReason: 'The fast kernels on WebAssembly gave the known answers here.' }
    why = `They gave ${tokensRight} of ${tokens} known answers.`
    await lm.dispose()
  } catch (error) {
    why = toPlainError(error).message
  }
  return { lm: await openOrt(), lmReason: `ONNX Runtime stands in for the fast kernels. ${why}` }
}
