/**
 * Owns: down the ladder, sound to words: a recording cut into stretches, each one's units, then phones and words by search
 * or greedily. Stretches without speech say nothing. Times are seconds of the recording as given. To stop, stop iterating.
 */
import { PAD_SECONDS } from '../../speech/4-wave/prepare'
import { holdsSpeech } from '../../speech/measure/speechness'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { TokenizerName } from '../networks'
import type { HeardPhone, HeardReading, HeardStretch, HeardWord } from './heard'
import { hearAndSearch, type Effort } from './hear-and-search'
import { listenGreedily } from './listen-greedily'
import type { Ladder } from './load'
import { recordingToUnits } from './recording-units'
import { DEFAULT_BEAM } from './search'
import type { Recording } from './tokenize'

export type ListenEvent =
  | { readonly type: 'tokenized'; readonly units: readonly Unit[] }
  | {
      readonly type: 'heard'
      readonly phones: readonly HeardPhone[]
      readonly doneFrames: number
      readonly totalFrames: number
    }
  /** A stretch's words, when it is heard to its end. */
  | { readonly type: 'worded'; readonly words: readonly HeardWord[] }

export interface Heard {
  readonly text: string
  readonly words: readonly HeardWord[]
  readonly phones: readonly HeardPhone[]
  readonly units: readonly Unit[]
  readonly seconds: number
  /** Ways to read each stretch between pauses, in order; empty for greedy listening. */
  readonly readings: readonly (readonly HeardReading[])[]
}

const NOTHING: HeardStretch = { phones: [], words: [], readings: [] }

/** `effort` 1 is greedy listening and the model's own spelling. */
export async function* listen(
  ladder: Ladder,
  recording: Recording,
  tokenizer: TokenizerName,
  effort: Effort = DEFAULT_BEAM,
): AsyncGenerator<ListenEvent, Heard> {
  const { frameRateHz } = ladder.manifest
  const seconds = recording.samples.length / recording.sampleRateHz
  const totalFrames = Math.ceil((seconds + 2 * PAD_SECONDS) * frameRateHz)
  const units: Unit[] = []
  const phones: HeardPhone[] = []
  const words: HeardWord[] = []
  const readings: (readonly HeardReading[])[] = []

  for await (const { stretch, firstFrame, units: heardUnits, next } of recordingToUnits(
    ladder,
    recording,
    tokenizer,
  )) {
    yield { type: 'tokenized', units: next }
    const toSeconds = (frames: number) =>
      Math.min(seconds, Math.max(0, stretch.startSeconds + frames / frameRateHz))
    let heard = NOTHING
    if (!stretch.isSilent && holdsSpeech(stretch.samples)) {
      const hearing =
        effort === 1
          ? listenGreedily(ladder, heardUnits, toSeconds)
          : hearAndSearch(ladder, stretch, heardUnits, tokenizer, effort, toSeconds)
      let step = await hearing.next()
      for (; !step.done; step = await hearing.next()) {
        const { phones: news, frames } = step.value
        yield { type: 'heard', phones: news, doneFrames: firstFrame + frames, totalFrames }
      }
      heard = step.value
    }
    for (const unit of next) units.push(unit)
    phones.push(...heard.phones)
    words.push(...heard.words)
    if (heard.readings.length > 0) readings.push(heard.readings)
    yield { type: 'heard', phones: [], doneFrames: Math.min(units.length, totalFrames), totalFrames }
    yield { type: 'worded', words: heard.words }
  }
  return { text: words.map(({ word }) => word).join(' '), words, phones, units, seconds, readings }
}
