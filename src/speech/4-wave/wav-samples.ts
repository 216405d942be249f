/**
 * Owns: the sample formats that a WAV file may hold, each as a function from bytes to a number whose full scale is ±1.
 * A-law and µ-law after ITU-T G.711. Knows no chunks.
 */

export interface SampleFormat {
  /** Bytes of one sample of one channel. */
  readonly bytes: number
  read(view: DataView, at: number): number
}

const TAG = { pcm: 1, float: 3, aLaw: 6, muLaw: 7 } as const

/** undefined where we have no reader. `bytes` is the container's size; PCM stands at its upper end. */
export function findSampleFormat(tag: number, bytes: number): SampleFormat | undefined {
  switch (tag) {
    case TAG.pcm:
      return pcm(bytes)
    case TAG.float:
      if (bytes === 4) return { bytes, read: (view, at) => view.getFloat32(at, true) }
      if (bytes === 8) return { bytes, read: (view, at) => view.getFloat64(at, true) }
      return undefined
    case TAG.aLaw:
      return bytes === 1 ? { bytes, read: (view, at) => aLawToLinear(view.getUint8(at)) } : undefined
    case TAG.muLaw:
      return bytes === 1 ? { bytes, read: (view, at) => muLawToLinear(view.getUint8(at)) } : undefined
    default:
      return undefined
  }
}

const TAG_NAMES: Readonly<Record<number, string>> = {
  0x02: 'Microsoft ADPCM',
  0x11: 'IMA ADPCM',
  0x31: 'GSM 6.10',
  0x50: 'MPEG audio',
  0x55: 'MP3',
  0x161: 'Windows Media Audio',
  0xf1ac: 'FLAC',
}

export function formatName(tag: number): string {
  return TAG_NAMES[tag] ?? `format 0x${tag.toString(16).padStart(4, '0')}`
}

function pcm(bytes: number): SampleFormat | undefined {
  switch (bytes) {
    case 1:
      // Eight bits alone are unsigned.
      return { bytes, read: (view, at) => (view.getUint8(at) - 128) / 128 }
    case 2:
      return { bytes, read: (view, at) => view.getInt16(at, true) / 32_768 }
    case 3:
      return {
        bytes,
        read: (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608,
      }
    case 4:
      return { bytes, read: (view, at) => view.getInt32(at, true) / 2_147_483_648 }
    default:
      return undefined
  }
}

/** G.711: sign, three bits of exponent, four of mantissa; every second bit is inverted on the wire. */
function aLawToLinear(byte: number): number {
  const code = byte ^ 0x55
  const exponent = (code & 0x70) >> 4
  const mantissa = ((code & 0x0f) << 4) + 8
  const size = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1)
  return (code & 0x80 ? size : -size) / 32_768
}

/** G.711: as A-law, all bits inverted, and a bias of 132 that makes the segments meet. */
function muLawToLinear(byte: number): number {
  const code = ~byte & 0xff
  const size = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84
  return (code & 0x80 ? -size : size) / 32_768
}
