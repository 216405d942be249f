/** Owns: stand-ins for the ports of the stores, for unit tests of stores alone. */
import { uncut } from '../../speech/3-units/sampling'
import type { DrawnTake, EngineReport, SpeakPlan } from '../../workers/protocol'
import type { PictureClient } from '../../workers/spectrogram'
import { createEngineStore, type EngineStore } from './engine-store'
import { DEFAULT_SETTINGS } from './speak-settings'
import type { Said } from './takes-state'

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

const plan: SpeakPlan = {
  phones: ['_', 'HH', 'AY1', '.', '_'],
  utteranceEnds: [5],
  words: [{ word: 'hi', firstPhone: 1, endPhone: 3, origin: 'lexicon' }],
  skipped: [],
}

export const fakeSaid: Said = { text: 'Hi.', plan, settings: { ...DEFAULT_SETTINGS, text: 'Hi.' } }

/** A take of it: 11 steps. */
export const fakeDrawn: DrawnTake = {
  take: {
    units: [1, 2, 3, 4, 5, 6],
    durationsFrames: [1, 1, 2, 1, 1],
    utterances: [plan.phones],
    voice: { name: 'af_heart' },
    sampling: uncut(0.6),
    seed: 1,
    soundSeed: 1,
  },
  trace: { probabilities: [], entropiesNats: [] },
  sound: {
    samples: new Float32Array(3600),
    hz: new Float32Array(12),
    statistics: {
      durationSeconds: 0.15,
      speechSeconds: 0.1,
      phonesPerSecond: 1,
      pauses: 0,
      pauseSeconds: 0,
      pitch: undefined,
      meanEntropyNats: undefined,
      logProbabilityNats: undefined,
    },
  },
}
