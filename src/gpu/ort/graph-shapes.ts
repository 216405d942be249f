/**
 * Owns: whether a graph's inputs and outputs have the shapes that the manifest promises. Models of other people come from
 * anywhere; a wrong one is refused when it is opened, with what was wanted and what was found.
 */
import { controlLayout } from '../../speech/4-wave/controls'
import { ConvergeError } from '../../speech/errors'
import type { Manifest } from '../../speech/manifest'
import type { InferenceSession } from './runtime'

/** By input or output; undefined where a dimension is free. */
type Shapes = Readonly<Record<string, readonly (number | undefined)[]>>

const MEL_BANDS = 80

function wantedShapes(graph: string, manifest: Manifest): Shapes {
  const { voiceDim, fsqLevels, lm, codes, decoder } = manifest
  const mel = [1, MEL_BANDS, undefined]
  switch (graph) {
    case 'tokenizer-whisper.onnx':
      return { mel, frames: [1], logits: [1, undefined, undefined, undefined] }
    case 'tokenizer-mel.onnx':
      return { mel, z: [1, undefined, fsqLevels.length] }
    case 'voice.onnx':
      return { mel, voice: [1, voiceDim] }
    case 'decoder.onnx':
      return {
        values: [1, undefined, fsqLevels.length],
        voice: [1, voiceDim],
        controls: [1, undefined, controlLayout(decoder).controlsPerFrame],
      }
    case 'lm.onnx':
    case 'lm.int8.onnx':
      return {
        voice: [undefined, voiceDim],
        past: [lm.layers, 2, undefined, lm.heads, undefined, lm.headDim],
        logits: [undefined, lm.vocabulary.firstUnit + codes],
      }
    default:
      return {}
  }
}

/** @throws ConvergeError `model-incompatible` */
export function checkGraph(session: InferenceSession, graph: string, manifest: Manifest): void {
  const described = [...session.inputMetadata, ...session.outputMetadata]
  for (const [name, wanted] of Object.entries(wantedShapes(graph, manifest))) {
    const found = described.find((value) => value.name === name)
    const shape = found?.isTensor ? found.shape : undefined
    const fits =
      shape?.length === wanted.length &&
      wanted.every((size, i) => size === undefined || typeof shape[i] !== 'number' || shape[i] === size)
    if (fits) continue
    const facts = { model: graph, name, wanted: toText(wanted), found: shape ? toText(shape) : 'none' }
    throw new ConvergeError(
      'model-incompatible',
      `${graph} does not fit its manifest: “${name}” should be ${facts.wanted}; found ${facts.found}.`,
      facts,
    )
  }
}

const toText = (shape: readonly (number | string | undefined)[]): string =>
  shape.map((size) => (typeof size === 'number' ? String(size) : '?')).join(' × ')
