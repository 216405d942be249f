/**
 * Owns: down the ladder, sound to words: units, then phones as the language model hears them, then its own spelling of
 * those phones. Times are seconds of the recording as given. To stop, stop iterating.
 */
import type { Unit } from '../../speech/3-units/vocabulary'
import { drawAll, STEPS_PER_RUN, type Drawn } from '../lm-engine'
import type { TokenizerName } from '../networks'
import type { Ladder } from './load'
import { recordingToStretches, stretchToUnits, type Recording } from './tokenize'
import { alignWords, type HeardPhone, type HeardWord } from './words'

export type ListenEvent =
  | { readonly type: 'tokenized'; readonly units: readonly Unit[] }
  | { readonly type: 'heard'; readonly phones: readonly HeardPhone[]; readonly doneFrames: number; readonly totalFrames: number }

export interface Heard {
  readonly text: string
  readonly words: readonly HeardWord[]
  readonly phones: readonly HeardPhone[]
  readonly units: readonly Unit[]
  readonly seconds: number
}

export async function* listen(
  ladder: Ladder,
  recording: Recording,
  tokenizer: TokenizerName,
): AsyncGenerator<ListenEvent, Heard> {
  const { frameRateHz, samplesPerFrame } = ladder.manifest
  const stretches = recordingToStretches(ladder, recording)
  const seconds = recording.samples.length / recording.sampleRateHz
  const totalFrames = stretches.reduce((frames, { samples }) => frames + samples.length / samplesPerFrame, 0)
  const units: Unit[] = []
  const phones: HeardPhone[] = []
  const words: HeardWord[] = []
  for (const stretch of stretches) {
    const heardUnits = await stretchToUnits(ladder, stretch, tokenizer)
    yield { type: 'tokenized', units: heardUnits }
    const stretchPhones: HeardPhone[] = []
    const toSeconds = (frames: number) =>
      Math.min(seconds, Math.max(0, stretch.startSeconds + frames / frameRateHz))
    for await (const { drawn, frames } of hearInSteps(ladder, heardUnits)) {
      const news = placePhones(ladder, drawn, stretchPhones.at(-1)?.endSeconds ?? toSeconds(0), toSeconds)
      stretchPhones.push(...news)
      yield { type: 'heard', phones: news, doneFrames: units.length + frames, totalFrames }
    }
    const letters = await spell(ladder, stretchPhones)
    words.push(...alignWords(letters, stretchPhones))
    units.push(...heardUnits)
    phones.push(...stretchPhones)
  }
  return { text: words.map(({ word }) => word).join(' '), words, phones, units, seconds }
}

async function* hearInSteps(
  ladder: Ladder,
  units: readonly Unit[],
): AsyncGenerator<{ drawn: readonly Drawn[]; frames: number }> {
  const batch = await ladder.lm.start([{ plan: { task: 'listen', units }, voice: noVoice(ladder) }])
  try {
    while (!batch.done) {
      const [drawn] = await batch.run(STEPS_PER_RUN)
      yield { drawn, frames: drawn.at(-1)?.time ?? units.length }
    }
  } finally {
    batch.dispose()
  }
}

/** A phone is due `delayFrames` after its last unit; it begins where the one before ended. */
function placePhones(
  ladder: Ladder,
  drawn: readonly Drawn[],
  previousEnd: number,
  toSeconds: (frames: number) => number,
): HeardPhone[] {
  const { vocabulary, manifest } = ladder
  let startSeconds = previousEnd
  return drawn.flatMap(({ id, time, probability }) => {
    if (!vocabulary.isPhone(id)) return []
    const endSeconds = Math.max(startSeconds, toSeconds(time - manifest.delayFrames))
    const phone = { phone: vocabulary.idToPhone(id), startSeconds, endSeconds, probability }
    startSeconds = endSeconds
    return [phone]
  })
}

async function spell(ladder: Ladder, phones: readonly HeardPhone[]): Promise<string> {
  if (phones.length === 0) return ''
  const plan = { task: 'spell', phones: phones.map(({ phone }) => phone) } as const
  const [drawn] = await drawAll(ladder.lm, [{ plan, voice: noVoice(ladder) }])
  const { letterRange, idToLetter } = ladder.vocabulary
  return drawn
    .filter(({ id }) => id >= letterRange[0] && id < letterRange[1])
    .map(({ id }) => idToLetter(id))
    .join('')
}

const noVoice = (ladder: Ladder): Float32Array => new Float32Array(ladder.manifest.voiceDim)
