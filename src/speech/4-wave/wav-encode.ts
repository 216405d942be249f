/**
 * Owns: samples -> a WAV file of one channel (RIFF, Microsoft and IBM 1991): 16-bit PCM, or 32-bit float where no rounding
 * is wanted. Knows no file system.
 */

type WavEncoding = 'pcm16' | 'float32'

const HEADER_BYTES = 44
const FORMATS = { pcm16: { tag: 1, bytes: 2 }, float32: { tag: 3, bytes: 4 } } as const

/** samples (N) in -1 … 1 -> the file's bytes. PCM clips what is beyond and writes NaN as 0; float keeps all as it is. */
export function encodeWav(
  samples: Float32Array,
  sampleRateHz: number,
  encoding: WavEncoding = 'pcm16',
): Uint8Array<ArrayBuffer> {
  const { tag, bytes } = FORMATS[encoding]
  const file = new Uint8Array(HEADER_BYTES + samples.length * bytes)
  const view = new DataView(file.buffer)
  const name = (at: number, id: string): void => {
    for (let i = 0; i < 4; i++) file[at + i] = id.charCodeAt(i)
  }
  name(0, 'RIFF')
  view.setUint32(4, file.length - 8, true)
  name(8, 'WAVE')
  name(12, 'fmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, tag, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * bytes, true)
  view.setUint16(32, bytes, true)
  view.setUint16(34, bytes * 8, true)
  name(36, 'data')
  view.setUint32(40, samples.length * bytes, true)
  for (let i = 0; i < samples.length; i++) {
    const at = HEADER_BYTES + i * bytes
    if (encoding === 'float32') view.setFloat32(at, samples[i], true)
    else view.setInt16(at, Math.max(-32_768, Math.min(32_767, Math.round(samples[i] * 32_768))), true)
  }
  return file
}
