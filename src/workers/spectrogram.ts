/**
 * Owns: the page's side of the picture worker, and the messages between them: a sound goes in once, then waveform
 * peaks, spectrogram tiles, copies and WAV files come out. The page's thread never loops over samples. Knows no React.
 */
import type { PlainError } from '../speech/errors'
import type { PeakLevel, TileRequest } from './spectrogram-tile'
import { createWorkerCalls } from './worker-calls'

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

/** Sounds that were opened are lost when the worker stops: it starts anew with the next call. */
export interface PictureClient {
  /** `data` is transferred away from the caller. @throws ConvergeError `audio-unreadable`, `audio-empty` */
  open(soundId: SoundId, data: SoundData): Promise<OpenedSound>
  tile(soundId: SoundId, tile: TileRequest): Promise<Uint8ClampedArray<ArrayBuffer>>
  copy(soundId: SoundId): Promise<Float32Array<ArrayBuffer>>
  wav(soundId: SoundId): Promise<Uint8Array<ArrayBuffer>>
  close(soundId: SoundId): void
  dispose(): void
}

/** Calls count from 1. */
const NO_ANSWER = 0

export function createPictureClient(startWorker: () => Worker): PictureClient {
  const calls = createWorkerCalls<PictureRequest, PictureAnswer>({ startWorker, title: 'The picture worker' })

  function ask<Type extends PictureAnswer['type']>(
    wanted: Type,
    toMessage: (id: number) => PictureRequest,
    transfer: Transferable[] = [],
  ): Promise<Extract<PictureAnswer, { type: Type }>> {
    const toResult = (answer: PictureAnswer) => (isAnswer(answer, wanted) ? answer : undefined)
    return calls.call({ toMessage, toResult, transfer }).finished
  }

  return {
    open: async (soundId, data) => {
      const transfer = 'wav' in data ? [data.wav] : data.channels.map((channel) => channel.buffer)
      return (await ask('opened', (id) => ({ type: 'open', id, soundId, data }), transfer)).sound
    },
    tile: async (soundId, tile) => (await ask('tile', (id) => ({ type: 'tile', id, soundId, tile }))).pixels,
    copy: async (soundId) => (await ask('copy', (id) => ({ type: 'copy', id, soundId }))).samples,
    wav: async (soundId) => (await ask('wav', (id) => ({ type: 'wav', id, soundId }))).bytes,
    close: (soundId) => calls.tell({ type: 'close', id: NO_ANSWER, soundId }),
    dispose: calls.dispose,
  }
}

function isAnswer<Answer extends PictureAnswer['type']>(
  answer: PictureAnswer,
  wanted: Answer,
): answer is Extract<PictureAnswer, { type: Answer }> {
  return answer.type === wanted
}
