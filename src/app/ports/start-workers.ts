/** Owns: where the two workers are; the bundler reads these addresses from the source. */
export const startSpeechWorker = (): Worker =>
  new Worker(new URL('../../workers/speech.worker.ts', import.meta.url), { type: 'module' })

export const startPictureWorker = (): Worker =>
  new Worker(new URL('../../workers/spectrogram.worker.ts', import.meta.url), { type: 'module' })
