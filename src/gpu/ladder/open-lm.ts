/**
 * Owns: opening one engine of the language model and putting it to the known-answer test: what comes out is right, what
 * is not throws and says so. Knows no network and no disk.
 */
import { ConvergeError } from '../../speech/errors'
import type { Manifest } from '../../speech/manifest'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { LmEngine } from '../lm-engine'
import { createOrtLm } from '../ort/lm'
import type { InferenceSession } from '../ort/runtime'
import { createWasmLm } from '../wasm/lm'
import { openWgslLm, type OpenedWgslLm, type WebGpuPort } from '../wgsl/open'
import { answerKnown } from './known-answer'

/** The int8 weights that every engine shares, or the half-precision graph of the reference engine. */
export type LmWeights = 'int8' | 'reference'

export interface LmParts {
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
  readonly read: (file: string) => Promise<Uint8Array<ArrayBuffer>>
  /** The session is the caller's to release. */
  readonly openSession: (graph: string, weights?: string) => Promise<InferenceSession>
}

export const WEIGHTS = 'lm.int8.safetensors'
/** The graph and, where it has them apart, its weights. */
export const GRAPHS: Record<LmWeights, readonly [graph: string, weights?: string]> = {
  int8: ['lm.int8.onnx', WEIGHTS],
  reference: ['lm.onnx'],
}

/** The reference itself: nothing to test it against. */
export const openOrt = async (parts: LmParts, weights: LmWeights): Promise<LmEngine> =>
  createOrtLm(await parts.openSession(...GRAPHS[weights]), parts.manifest, parts.vocabulary)

/** @throws ConvergeError `engine-unavailable`, or `engine-failed` where it answers wrongly */
export async function openWasm(
  { manifest, vocabulary }: LmParts,
  weights: Uint8Array<ArrayBuffer>,
  readLmWasm: () => Promise<BufferSource>,
): Promise<LmEngine> {
  return proven(await createWasmLm({ module: await readLmWasm(), weights, manifest, vocabulary }), manifest)
}

/**
 * @param weigh throws where the engine, still untested, is not worth testing
 * @throws ConvergeError `engine-unavailable`, or `engine-failed` where it answers wrongly
 */
export async function openWgsl(
  { manifest, vocabulary, read }: LmParts,
  webGpu: WebGpuPort | undefined,
  weigh?: (opened: OpenedWgslLm) => Promise<void>,
): Promise<LmEngine> {
  const readWeights = () => read(WEIGHTS)
  const opened = webGpu
    ? await openWgslLm({ ...webGpu, readWeights, manifest, vocabulary })
    : 'There is no WebGPU here.'
  if (typeof opened === 'string') throw new ConvergeError('engine-unavailable', opened)
  try {
    await weigh?.(opened)
  } catch (error) {
    await opened.lm.dispose()
    throw error
  }
  return proven(opened.lm, manifest)
}

async function proven(lm: LmEngine, manifest: Manifest): Promise<LmEngine> {
  try {
    const { passed, tokens, tokensRight, largestError } = await answerKnown({ lm, manifest })
    if (passed) return lm
    throw new ConvergeError(
      'engine-failed',
      `It gave ${tokensRight} of ${tokens} known answers, with chances off by up to ${largestError.toFixed(3)}.`,
      { tokensRight, tokens, largestError },
    )
  } catch (error) {
    await lm.dispose()
    throw error
  }
}
