/** Owns: stand-ins for the ports of the stores, for unit tests of stores alone. */
import type { EngineReport } from '../../workers/protocol'
import type { PictureClient } from '../../workers/spectrogram'
import { createEngineStore, type EngineStore } from './engine-store'

export const fakeReport: EngineReport = {
  engine: 'ort',
  reason: 'it runs',
  rejected: [],
  networksReason: '',
  threads: 1,
  loadMs: 1,
  downloadedBytes: 10,
  cachedBytes: 0,
  kept: true,
  sampleRateHz: 24_000,
  samplesPerFrame: 600,
  frameRateHz: 40,
  voices: [],
}

export function createReadyEngine(): EngineStore {
  return createEngineStore({
    client: { load: async () => fakeReport, onEngineChanged: () => () => {}, onDied: () => () => {} },
    engineChoice: () => 'auto',
    fetchManifest: () => Promise.reject(new Error('not asked for')),
    nowMs: () => 0,
  })
}

/** Opens sounds without a worker. */
export function createFakePictures(): PictureClient {
  return {
    open: async (_soundId, data) => ({
      sampleRateHz: 'wav' in data ? 24_000 : data.sampleRateHz,
      samples: 'wav' in data ? new Float32Array(data.wav) : new Float32Array(data.channels[0]),
      peakLevels: [],
      isCutShort: false,
      topHz: 12_000,
    }),
    tile: async () => new Uint8ClampedArray(4),
    copy: async () => new Float32Array(4),
    wav: async () => new Uint8Array(44),
    close: () => {},
    dispose: () => {},
  }
}
