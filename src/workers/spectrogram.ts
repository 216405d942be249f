/**
 * Owns: the page's side of the picture worker, and the messages between them: a sound goes in once, then waveform
 * peaks, spectrogram tiles, copies and WAV files come out. The page's thread never loops over samples. Knows no React.
 */
import { ConvergeError, fromPlainError, type PlainError } from '../speech/errors'
import type { PeakLevel, TileRequest } from './spectrogram-tile'

export type SoundId = number

/** Decoded by the browser, or a WAV file that is still to be read. */
export type SoundData =
  | { readonly channels: readonly Float32Array<ArrayBuffer>[]; readonly sampleRateHz: number }
  | { readonly wav: ArrayBuffer }

export interface OpenedSound {
  readonly sampleRateHz: number
  readonly samples: Float32Array<ArrayBuffer>
  readonly peakLevels: readonly PeakLevel[]
  /** The highest frequency that its tiles show. */
  readonly topHz: number
  /** A WAV file that ends before its own header says. */
  readonly isCutShort: boolean
}

export type PictureRequest =
  | {
      readonly type: 'open'
      readonly id: number
      readonly soundId: SoundId
      readonly data: SoundData
    }
  | { readonly type: 'tile'; readonly id: number; readonly soundId: SoundId; readonly tile: TileRequest }
  | { readonly type: 'copy'; readonly id: number; readonly soundId: SoundId }
  | { readonly type: 'wav'; readonly id: number; readonly soundId: SoundId }
  | { readonly type: 'close'; readonly id: number; readonly soundId: SoundId }

export type PictureAnswer =
  | { readonly type: 'opened'; readonly id: number; readonly sound: OpenedSound }
  | { readonly type: 'tile'; readonly id: number; readonly pixels: Uint8ClampedArray<ArrayBuffer> }
  | { readonly type: 'copy'; readonly id: number; readonly samples: Float32Array<ArrayBuffer> }
  | { readonly type: 'wav'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError }

export interface PictureClient {
  /** `data` is transferred away from the caller. @throws ConvergeError `audio-unreadable`, `audio-empty` */
  open(soundId: SoundId, data: SoundData): Promise<OpenedSound>
  tile(soundId: SoundId, tile: TileRequest): Promise<Uint8ClampedArray<ArrayBuffer>>
  copy(soundId: SoundId): Promise<Float32Array<ArrayBuffer>>
  wav(soundId: SoundId): Promise<Uint8Array<ArrayBuffer>>
  close(soundId: SoundId): void
  dispose(): void
}

interface Pending {
  readonly resolve: (answer: PictureAnswer) => void
  readonly reject: (error: ConvergeError) => void
}

const failure = (detail: string) =>
  new ConvergeError('internal', `The sound could not be prepared for the screen: ${detail}`, { detail })

export function createPictureClient(startWorker: () => Worker): PictureClient {
  const worker = startWorker()
  const pending = new Map<number, Pending>()
  let lastId = 0

  worker.addEventListener('message', (event: MessageEvent<PictureAnswer>) => {
    const answer = event.data
    const call = pending.get(answer.id)
    pending.delete(answer.id)
    if (answer.type === 'failed') call?.reject(fromPlainError(answer.error))
    else call?.resolve(answer)
  })
  worker.addEventListener('error', (event) => {
    const calls = [...pending.values()]
    pending.clear()
    for (const call of calls) call.reject(failure(event.message || 'the picture worker stopped'))
  })

  const send = (request: PictureRequest, transfer: Transferable[]) => worker.postMessage(request, transfer)

  function ask<Answer extends PictureAnswer['type']>(
    toRequest: (id: number) => PictureRequest,
    wanted: Answer,
    transfer: Transferable[] = [],
  ): Promise<Extract<PictureAnswer, { type: Answer }>> {
    lastId += 1
    const id = lastId
    return new Promise<PictureAnswer>((resolve, reject) => {
      pending.set(id, { resolve, reject })
      send(toRequest(id), transfer)
    }).then((answer) => {
      if (!isAnswer(answer, wanted)) throw failure(`wanted ${wanted}, found ${answer.type}`)
      return answer
    })
  }

  return {
    open: async (soundId, data) => {
      const transfer = 'wav' in data ? [data.wav] : data.channels.map((channel) => channel.buffer)
      return (await ask((id) => ({ type: 'open', id, soundId, data }), 'opened', transfer)).sound
    },
    tile: async (soundId, tile) => (await ask((id) => ({ type: 'tile', id, soundId, tile }), 'tile')).pixels,
    copy: async (soundId) => (await ask((id) => ({ type: 'copy', id, soundId }), 'copy')).samples,
    wav: async (soundId) => (await ask((id) => ({ type: 'wav', id, soundId }), 'wav')).bytes,
    close: (soundId) => send({ type: 'close', id: 0, soundId }, []),
    dispose: () => worker.terminate(),
  }
}

function isAnswer<Answer extends PictureAnswer['type']>(
  answer: PictureAnswer,
  wanted: Answer,
): answer is Extract<PictureAnswer, { type: Answer }> {
  return answer.type === wanted
}
