/**
 * Owns: the requests about takes that are drawn already: `sound`, `alternative` (another unit in one frame), `round-trip`
 * (the model listens to its own take) and `average`.
 */
import { listenToAlternative } from '../../gpu/ladder/controls'
import { replayTake } from '../../gpu/ladder/replay'
import { roundTrip } from '../../gpu/ladder/round-trip'
import { chooseVoice } from '../../gpu/ladder/voice'
import { averageTakes } from '../../speech/takes/average'
import { joinSamples } from '../../speech/4-wave/join'
import type { AlternativeRequest, AverageRequest, RoundTripRequest, SoundRequest } from '../protocol'
import type { TaskContext } from './context'
import { controlsToSound, soundBuffers, takeToSound, takeToUtteranceControls } from './take-sound'

export async function runSound({ ladder, post }: TaskContext, { id, take, asSpoken }: SoundRequest) {
  const sound = await takeToSound(ladder, take, {})
  if (asSpoken) {
    const options = { ...take, voice: chooseVoice(ladder, take.voice), seed: take.soundSeed }
    const samples = new Float32Array(await replayTake(ladder, take, take, options))
    post({ type: 'sounded', id, sound: { ...sound, samples } }, [samples.buffer, sound.hz.buffer])
    return
  }
  post({ type: 'sounded', id, sound }, soundBuffers(sound))
}

export async function runAlternative({ ladder, post }: TaskContext, request: AlternativeRequest) {
  const { id, take, frame, unit } = request
  const options = { voice: chooseVoice(ladder, take.voice), seed: take.soundSeed }
  const heard = await listenToAlternative(ladder, take, { frame, unit }, options)
  post({ type: 'alternative-heard', id, ...heard }, [heard.samples.buffer])
}

export async function runRoundTrip({ ladder, post, pause }: TaskContext, request: RoundTripRequest) {
  const { id, utterances, samples, tokenizer } = request
  const words = request.words.map(
    (word) => ({ word, firstPhone: 0, endPhone: 0, origin: 'lexicon' }) as const,
  )
  const listening = roundTrip(ladder, { utterances, words, skipped: [] }, samples, tokenizer)
  let next = await listening.next()
  for (; !next.done; next = await listening.next()) {
    const { doneFrames: done, totalFrames: total } = next.value
    post({ type: 'progress', id, stage: 'listen', done, total, unit: 'frames' })
    await pause()
  }
  const { heard, phones, words: wordErrors } = next.value
  const result = {
    text: heard.text,
    words: heard.words,
    phones: heard.phones.map(({ phone }) => phone),
    phoneErrors: phones,
    wordErrors: wordErrors ?? null,
  }
  post({ type: 'round-tripped', id, result })
}

export async function runAverage({ ladder, post, pause }: TaskContext, request: AverageRequest) {
  const { id, takes, soundSeed } = request
  const aligned = []
  for (const take of takes) {
    const controls = joinSamples(await takeToUtteranceControls(ladder, take))
    aligned.push({ durationsFrames: take.durationsFrames, controls })
    await pause()
  }
  const { durationsFrames, controls } = averageTakes(aligned, ladder.manifest.decoder)
  // One stretch of sound: the average has no utterances of its own.
  const utterances = [takes[0].utterances.flat()]
  const sound = controlsToSound(ladder, [controls], { utterances, durationsFrames, soundSeed }, {})
  post({ type: 'averaged', id, result: { durationsFrames, sound } }, soundBuffers(sound))
}
