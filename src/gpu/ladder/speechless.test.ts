/**
 * Fifty clips in which nobody speaks, down the real ladder: at most one may give a word. And what is refused is not speech:
 * human recordings pass whole, in pieces and in noise as loud as they are.
 */
import { expect, test } from 'vitest'
import { prepareRecording } from '../../speech/4-wave/prepare'
import { ConvergeError } from '../../speech/errors'
import { makeNoiseClips, NOISE_CLIP_RATE_HZ } from '../../speech/testing/noise-clips'
import { seededRandom } from '../../speech/testing/random'
import { holdsSpeech } from '../../speech/measure/speechness'
import { readClip } from '../testing/clips'
import { openTestLadder } from '../testing/disk-ladder'
import { listen } from './listen'

const CLIPS = ['sense-0870.wav', 'sense-0880.wav', 'sense-0890.wav', 'sense-0920.wav', 'sense-0930.wav']
const prepared = CLIPS.map((name) => {
  const { samples, sampleRateHz } = readClip(name)
  return prepareRecording(samples, sampleRateHz)
})

test('of fifty clips without speech at most one gives a word', async () => {
  const ladder = await openTestLadder('int8', 'wasm')
  const worded: string[] = []
  for (const { name, samples } of makeNoiseClips()) {
    try {
      const hearing = listen(ladder, { samples, sampleRateHz: NOISE_CLIP_RATE_HZ }, 'whisper')
      let step = await hearing.next()
      while (!step.done) step = await hearing.next()
      if (step.value.words.length > 0) worded.push(`${name}: ${step.value.text}`)
    } catch (thrown) {
      if (!(thrown instanceof ConvergeError) || thrown.code !== 'audio-silent') throw thrown
    }
  }
  await ladder.dispose()
  expect(worded.slice(1)).toEqual([])
})

test('other noises are no speech either: of 250 at most five might be', () => {
  const taken = [2, 3, 4, 5, 6].flatMap((seed) =>
    makeNoiseClips(seed)
      .filter(({ name }) => !name.startsWith('silence'))
      .filter(({ samples }) => holdsSpeech(prepareRecording(samples, NOISE_CLIP_RATE_HZ))),
  )
  expect(taken.slice(5).map(({ name }) => name)).toEqual([])
})

test('human speech passes: whole, and in noise as loud as it is', () => {
  const random = seededRandom(5)
  const noisy = prepared.map((samples) =>
    prepareRecording(
      samples.map((sample) => sample + 0.06 * Math.sqrt(3) * (2 * random() - 1)),
      24_000,
    ),
  )
  expect([...prepared, ...noisy].map(holdsSpeech)).toEqual([...prepared, ...noisy].map(() => true))
})

test('human speech passes in pieces of 0.5 to 1.2 seconds', () => {
  let pieces = 0
  let refused = 0
  for (const samples of prepared) {
    for (const seconds of [0.5, 0.8, 1.2]) {
      for (let start = 3600; start + seconds * 24_000 < samples.length - 3600; start += 6000) {
        pieces += 1
        if (!holdsSpeech(prepareRecording(samples.slice(start, start + seconds * 24_000), 24_000)))
          refused += 1
      }
    }
  }
  expect(pieces).toBeGreaterThan(150)
  expect(refused).toBeLessThanOrEqual(pieces / 50)
})
