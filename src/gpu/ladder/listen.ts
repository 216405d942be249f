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
import { DEFAULT_BEAM } from './search'
import { recordingToStretches, silenceUnit, stretchToUnits, type Recording, type Stretch } from './tokenize'

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
  const marginFrames = Math.round(PAD_SECONDS * frameRateHz)
  let silence: Unit | undefined
  let units: Unit[] = []
  const phones: HeardPhone[] = []
  const words: HeardWord[] = []
  const readings: (readonly HeardReading[])[] = []

  async function toUnits(stretch: Stretch): Promise<Unit[]> {
    if (!stretch.isSilent) return stretchToUnits(ladder, stretch, tokenizer)
    const unit = (silence ??= await silenceUnit(ladder, tokenizer))
    return Array.from({ length: stretch.samples.length / ladder.manifest.samplesPerFrame }, () => unit)
  }

  for (const stretch of recordingToStretches(ladder, recording)) {
    const heardUnits = await toUnits(stretch)
    const firstFrame = Math.round((stretch.startSeconds + PAD_SECONDS) * frameRateHz)
    // Each window has margins of its own; what lies under them belongs to its neighbour.
    units = units.slice(0, firstFrame + marginFrames)
    const fresh = heardUnits.slice(units.length - firstFrame)
    yield { type: 'tokenized', units: fresh }
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
    for (const unit of fresh) units.push(unit)
    phones.push(...heard.phones)
    words.push(...heard.words)
    if (heard.readings.length > 0) readings.push(heard.readings)
    yield { type: 'heard', phones: [], doneFrames: Math.min(units.length, totalFrames), totalFrames }
    yield { type: 'worded', words: heard.words }
  }
  return { text: words.map(({ word }) => word).join(' '), words, phones, units, seconds, readings }
}
