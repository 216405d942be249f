/**
 * Owns: the peer that listens: Whisper tiny.en on the site's ONNX Runtime, decoded greedily without times, as
 * `bench/peers/whisper.py` exported it. Sound is padded to 30 s, as the model was trained and as it is commonly run.
 */
import { createSession, floatOutput, floats, integers } from '../../src/gpu/ort/runtime'
import { resample } from '../../src/speech/4-wave/resample'
import { whisperMel } from '../../src/speech/4-wave/whisper-mel'
import { readPeerBytes, readPeerJson } from './peer-files'

const RATE_HZ = 16_000
const WINDOW_SAMPLES = 30 * RATE_HZ
/** Of an empty past: (layer, key or value, head, position, dim). */
const NO_PAST = [4, 2, 6, 0, 64]
const MOST_TOKENS = 224

interface WhisperTokens {
  /** Byte-level signs of each token, as GPT-2 writes them. */
  readonly signs: readonly string[]
  readonly suppressed: readonly number[]
  readonly suppressedFirst: readonly number[]
}

export interface WhisperHeard {
  readonly text: string
  readonly tokens: number
  readonly encoderMs: number
}

export interface Whisper {
  hear(samples: Float32Array, sampleRateHz: number): Promise<WhisperHeard>
}

export async function openWhisper(): Promise<Whisper> {
  const encoder = await createSession('Whisper’s encoder', await readPeerBytes('whisper/encoder.onnx'))
  const decoder = await createSession('Whisper’s decoder', await readPeerBytes('whisper/decoder.onnx'))
  const { signs, suppressed, suppressedFirst } = (await readPeerJson('whisper/tokens.json')) as WhisperTokens
  const idOf = (sign: string) => signs.indexOf(sign)
  const prompt = [idOf('<|startoftranscript|>'), idOf('<|notimestamps|>')]
  const end = idOf('<|endoftext|>')
  const toText = createSignReader()

  function choose(logits: Float32Array, isFirst: boolean): number {
    for (const id of suppressed) logits[id] = -Infinity
    if (isFirst) for (const id of suppressedFirst) logits[id] = -Infinity
    return logits.reduce((best, logit, id) => (logit > logits[best] ? id : best), 0)
  }

  return {
    async hear(samples, sampleRateHz) {
      const padded = new Float32Array(WINDOW_SAMPLES)
      padded.set(resample(samples, sampleRateHz, RATE_HZ).subarray(0, WINDOW_SAMPLES))
      const mel = whisperMel(padded)
      const startMs = performance.now()
      const heard = await encoder.run({
        mel: floats(mel.bands, [1, mel.bands.length / mel.frames, mel.frames]),
      })
      const encoderMs = performance.now() - startMs
      const said: number[] = []
      let past = floats(new Float32Array(0), NO_PAST)
      let fed = prompt
      while (said.length < MOST_TOKENS) {
        const outputs = await decoder.run({ ...heard, past, tokens: integers(fed, [1, fed.length]) })
        const token = choose(floatOutput(outputs, 'logits'), said.length === 0)
        if (token === end) break
        said.push(token)
        past = floats(floatOutput(outputs, 'present'), outputs.present.dims)
        fed = [token]
      }
      return { text: toText(said.map((id) => signs[id]).join('')).trim(), tokens: said.length, encoderMs }
    },
  }
}

/** GPT-2's byte-level signs back to bytes: printable ones stand for themselves, the others for 256 and up in their order. */
function createSignReader(): (signs: string) => string {
  const isPrintable = (byte: number) =>
    (byte > 32 && byte < 127) || (byte > 160 && byte < 256 && byte !== 173)
  const byteOf = new Map<string, number>()
  let hidden = 0
  for (let byte = 0; byte < 256; byte++) {
    byteOf.set(String.fromCodePoint(isPrintable(byte) ? byte : 256 + hidden), byte)
    if (!isPrintable(byte)) hidden += 1
  }
  const decoder = new TextDecoder()
  return (signs) => decoder.decode(Uint8Array.from(Array.from(signs, (sign) => byteOf.get(sign) ?? 0)))
}
