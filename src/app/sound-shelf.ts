/**
 * Owns: every sound the page holds, by number, so that stores keep plain data. A sound is whole when added, or grows
 * while it is spoken; pictures (peaks, tiles) come from the picture worker once it is whole. Knows no store.
 */
import type { PictureClient, SoundData, SoundId } from '../workers/spectrogram'
import type { PeakLevel, TileRequest } from '../workers/spectrogram-tile'

/** What a player reads. */
export interface SoundSource {
  readonly id: SoundId
  readonly sampleRateHz: number
  lengthSamples(): number
  isWhole(): boolean
  read(startSample: number, endSample: number): Float32Array<ArrayBuffer>
}

export interface LiveSound extends SoundSource {
  append(samples: Float32Array<ArrayBuffer>): void
  /** The sound is whole: pictures can be drawn. */
  finish(): Promise<void>
}

export interface SoundPicture {
  readonly peakLevels: readonly PeakLevel[]
  readonly topHz: number
  readonly isCutShort: boolean
  readonly seconds: number
}

export interface SoundShelf {
  begin(sampleRateHz: number): LiveSound
  /** `data` is given away. @throws ConvergeError `audio-unreadable`, `audio-empty` */
  add(data: SoundData): Promise<SoundSource>
  source(id: SoundId): SoundSource | undefined
  picture(id: SoundId): SoundPicture | undefined
  tile(id: SoundId, tile: TileRequest): Promise<Uint8ClampedArray<ArrayBuffer>>
  copy(id: SoundId): Promise<Float32Array<ArrayBuffer>>
  wav(id: SoundId): Promise<Uint8Array<ArrayBuffer>>
  drop(id: SoundId): void
}

interface Growing {
  samples: Float32Array<ArrayBuffer>
  length: number
  isWhole: boolean
}

function toSource(id: SoundId, sampleRateHz: number, state: Growing): SoundSource {
  return {
    id,
    sampleRateHz,
    lengthSamples: () => state.length,
    isWhole: () => state.isWhole,
    read: (start, end) => state.samples.slice(start, Math.min(end, state.length)),
  }
}

function append(state: Growing, more: Float32Array): void {
  const length = state.length + more.length
  if (length > state.samples.length) {
    const larger = new Float32Array(Math.max(length, state.samples.length * 2))
    larger.set(state.samples.subarray(0, state.length))
    state.samples = larger
  }
  state.samples.set(more, state.length)
  state.length = length
}

export function createSoundShelf(pictures: PictureClient): SoundShelf {
  const sources = new Map<SoundId, SoundSource>()
  const drawn = new Map<SoundId, SoundPicture>()
  let lastId = 0

  async function openPicture(id: SoundId, data: SoundData) {
    const { samples, sampleRateHz, peakLevels, isCutShort, topHz } = await pictures.open(id, data)
    drawn.set(id, { peakLevels, isCutShort, topHz, seconds: samples.length / sampleRateHz })
    return { samples, sampleRateHz }
  }

  return {
    begin(sampleRateHz) {
      lastId += 1
      const id = lastId
      const state: Growing = { samples: new Float32Array(sampleRateHz * 4), length: 0, isWhole: false }
      const source = toSource(id, sampleRateHz, state)
      sources.set(id, source)
      return {
        ...source,
        append: (samples) => append(state, samples),
        async finish() {
          state.isWhole = true
          await openPicture(id, { channels: [state.samples.slice(0, state.length)], sampleRateHz })
        },
      }
    },
    async add(data) {
      lastId += 1
      const id = lastId
      const { samples, sampleRateHz } = await openPicture(id, data)
      const source = toSource(id, sampleRateHz, { samples, length: samples.length, isWhole: true })
      sources.set(id, source)
      return source
    },
    source: (id) => sources.get(id),
    picture: (id) => drawn.get(id),
    tile: (id, tile) => pictures.tile(id, tile),
    copy: (id) => pictures.copy(id),
    wav: (id) => pictures.wav(id),
    drop(id) {
      sources.delete(id)
      drawn.delete(id)
      pictures.close(id)
    },
  }
}
