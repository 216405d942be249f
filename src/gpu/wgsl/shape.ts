/**
 * Owns: the sizes of the language model as the kernels need them, read off the manifest.
 */
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import type { Manifest } from '../../speech/manifest'

export interface LmShape {
  readonly layers: number
  readonly heads: number
  readonly dim: number
  readonly headDim: number
  readonly ff: number
  readonly voiceDim: number
  readonly vocabularySize: number
  readonly ropeBase: number
  /** Added to the mean square under the root. */
  readonly rmsEpsilon: number
}

/** Kernels read 16 weights at a time, so every row of a matrix is a whole number of these. */
const WEIGHTS_PER_LOAD = 16

/** @throws ConvergeError `model-incompatible` where a size does not fit the kernels */
export function manifestToShape({ lm, voiceDim }: Manifest, vocabulary: Vocabulary): LmShape {
  const { layers, heads, dim, headDim, ff, ropeBase, rmsEpsilon } = lm
  const uneven = Object.entries({ dim, headDim, ff, voiceDim }).find(
    ([, size]) => size % WEIGHTS_PER_LOAD !== 0,
  )
  if (uneven || heads * headDim !== dim) {
    const [name, size] = uneven ?? ['heads × headDim', heads * headDim]
    throw new ConvergeError(
      'model-incompatible',
      `The WebGPU kernels need sizes that are multiples of ${WEIGHTS_PER_LOAD}; ${name} is ${size}.`,
      { field: name, found: size, wanted: `multiple of ${WEIGHTS_PER_LOAD}` },
    )
  }
  return { layers, heads, dim, headDim, ff, voiceDim, vocabularySize: vocabulary.size, ropeBase, rmsEpsilon }
}
