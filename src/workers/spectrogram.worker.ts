/**
 * Owns: the picture worker. It keeps every open sound and answers `PictureRequest`s; the arithmetic is in
 * `spectrogram-tile.ts`. Knows no model.
 */
import { decodeWav, encodeWav } from '../speech/4-wave/wav'
import { ConvergeError, toPlainError } from '../speech/errors'
import type { PictureAnswer, PictureRequest, SoundData, SoundId } from './spectrogram'
import { channelsToMono, createTileMaker, samplesToPeakLevels } from './spectrogram-tile'

interface KeptSound {
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
  readonly tiles: ReturnType<typeof createTileMaker>
}

const sounds = new Map<SoundId, KeptSound>()

function answer(message: PictureAnswer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

function soundOf(soundId: SoundId): KeptSound {
  const sound = sounds.get(soundId)
  if (sound) return sound
  throw new ConvergeError(
    'worker-stopped',
    'The picture worker has started anew and lost this sound. Open it again to see it.',
    { soundId },
  )
}

function dataToMono(data: SoundData) {
  const recording = 'wav' in data ? decodeWav(new Uint8Array(data.wav)) : { ...data, truncated: false }
  const samples = channelsToMono(recording.channels)
  const { sampleRateHz, truncated: isCutShort } = recording
  if (samples.length > 0) return { samples, sampleRateHz, isCutShort }
  throw new ConvergeError('audio-empty', 'There is no sound in it: it is 0 seconds long.')
}

function handle(request: PictureRequest): void {
  const { id, soundId } = request
  switch (request.type) {
    case 'open': {
      const { samples, sampleRateHz, isCutShort } = dataToMono(request.data)
      const tiles = createTileMaker(samples, sampleRateHz)
      sounds.set(soundId, { samples, sampleRateHz, tiles })
      const copy = samples.slice()
      const peakLevels = samplesToPeakLevels(samples, sampleRateHz)
      const sound = { sampleRateHz, samples: copy, peakLevels, isCutShort, topHz: tiles.topHz }
      answer({ type: 'opened', id, sound }, [copy.buffer, ...peakLevels.map(({ peaks }) => peaks.buffer)])
      return
    }
    case 'tile': {
      const pixels = soundOf(soundId).tiles.draw(request.tile)
      answer({ type: 'tile', id, pixels }, [pixels.buffer])
      return
    }
    case 'copy': {
      const samples = soundOf(soundId).samples.slice()
      answer({ type: 'copy', id, samples }, [samples.buffer])
      return
    }
    case 'wav': {
      const { samples, sampleRateHz } = soundOf(soundId)
      const bytes = encodeWav(samples, sampleRateHz)
      answer({ type: 'wav', id, bytes }, [bytes.buffer])
      return
    }
    case 'close':
      sounds.delete(soundId)
  }
}

self.addEventListener('message', (event: MessageEvent<PictureRequest>) => {
  try {
    handle(event.data)
  } catch (thrown) {
    answer({ type: 'failed', id: event.data.id, error: toPlainError(thrown) })
  }
})
