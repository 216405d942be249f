/**
 * Owns: the peer that speaks: Kokoro-82M, int8, on the site's ONNX Runtime. Its graph gives a whole utterance at once.
 */
import { textToPlan } from '../../src/gpu/ladder/plan'
import type { Ladder } from '../../src/gpu/ladder/load'
import { createSession, floatOutput, floats, integers } from '../../src/gpu/ort/runtime'
import { phonesToSigns } from './kokoro-signs'
import { readPeerBytes, readPeerJson } from './peer-files'

export const KOKORO_RATE_HZ = 24_000
const STYLE_DIM = 256
/** Before and after the tokens. */
const PAD = 0

export interface Kokoro {
  /** Letters to samples. */
  say(text: string, voice: string): Promise<Float32Array>
}

/** Letters become phones by the ladder's lexicon, for Kokoro's own way there (eSpeak NG) may not be shipped. */
export async function openKokoro(ladder: Ladder, voices: readonly string[]): Promise<Kokoro> {
  const session = await createSession('Kokoro', await readPeerBytes('kokoro/model.onnx'))
  const vocabulary = (await readPeerJson('kokoro/vocabulary.json')) as Readonly<Record<string, number>>
  /** (number of tokens, style) */
  const styles = new Map<string, Float32Array>()
  for (const voice of voices) {
    const bytes = await readPeerBytes(`kokoro/${voice}.bin`)
    styles.set(voice, new Float32Array(bytes.buffer))
  }
  return {
    async say(text, voice) {
      const rows = styles.get(voice)
      if (!rows) throw new Error(`The bench has no voice “${voice}” of Kokoro's.`)
      const { utterances } = await textToPlan(ladder, text)
      const tokens = Array.from(phonesToSigns(utterances.flat()), (sign) => vocabulary[sign])
      const row = Math.min(tokens.length, rows.length / STYLE_DIM - 1)
      const outputs = await session.run({
        tokens: integers([PAD, ...tokens, PAD], [1, tokens.length + 2]),
        style: floats(rows.slice(row * STYLE_DIM, (row + 1) * STYLE_DIM), [1, STYLE_DIM]),
        speed: floats(Float32Array.of(1), [1]),
      })
      return floatOutput(outputs, 'audio')
    },
  }
}
