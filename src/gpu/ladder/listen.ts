/**
 * Owns: down the ladder, sound to words: a recording cut into stretches, each one's units, then phones and words by search
 * or greedily. Times are seconds of the recording as given. To stop, stop iterating.
 */
import type { Unit } from '../../speech/3-units/vocabulary'
import type { TokenizerName } from '../networks'
import type { HeardPhone, HeardReading, HeardWord } from './heard'
import { listenGreedily } from './listen-greedily'
import type { Ladder } from './load'
import { DEFAULT_BEAM, listenBySearch } from './search'
import { recordingToStretches, stretchToUnits, type Recording } from './tokenize'

export type ListenEvent =
  | { readonly type: 'tokenized'; readonly units: readonly Unit[] }
  | {
      readonly type: 'heard'
      readonly phones: readonly HeardPhone[]
      readonly doneFrames: number
      readonly totalFrames: number
    }

export interface Heard {
  readonly text: string
  readonly words: readonly HeardWord[]
  readonly phones: readonly HeardPhone[]
  readonly units: readonly Unit[]
  readonly seconds: number
  /** Ways to read each stretch between pauses, in order; empty for greedy listening. */
  readonly readings: readonly (readonly HeardReading[])[]
}

/** `beam`: histories that the search keeps; 1 is greedy listening and the model's own spelling. */
export async function* listen(
  ladder: Ladder,
  recording: Recording,
  tokenizer: TokenizerName,
  beam = DEFAULT_BEAM,
): AsyncGenerator<ListenEvent, Heard> {
  const { frameRateHz, samplesPerFrame } = ladder.manifest
  const stretches = recordingToStretches(ladder, recording)
  const seconds = recording.samples.length / recording.sampleRateHz
  const totalFrames = stretches.reduce((frames, { samples }) => frames + samples.length / samplesPerFrame, 0)
  const units: Unit[] = []
  const phones: HeardPhone[] = []
  const words: HeardWord[] = []
  const readings: (readonly HeardReading[])[] = []
  for (const stretch of stretches) {
    const heardUnits = await stretchToUnits(ladder, stretch, tokenizer)
    yield { type: 'tokenized', units: heardUnits }
    const toSeconds = (frames: number) =>
      Math.min(seconds, Math.max(0, stretch.startSeconds + frames / frameRateHz))
    const hearing =
      beam === 1
        ? listenGreedily(ladder, heardUnits, toSeconds)
        : listenBySearch(ladder, heardUnits, tokenizer, beam, toSeconds)
    let step = await hearing.next()
    for (; !step.done; step = await hearing.next()) {
      const { phones: news, frames } = step.value
      yield { type: 'heard', phones: news, doneFrames: units.length + frames, totalFrames }
    }
    units.push(...heardUnits)
    phones.push(...step.value.phones)
    words.push(...step.value.words)
    if (step.value.readings.length > 0) readings.push(step.value.readings)
  }
  return { text: words.map(({ word }) => word).join(' '), words, phones, units, seconds, readings }
}
