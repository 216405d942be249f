/**
 * A thousand damaged WAV files, read and prepared as a recording is: each becomes samples within full scale or a coded
 * error with a sentence. None crashes, none takes long, none gives a number that is no number.
 */
import { expect, test } from 'vitest'
import { ConvergeError } from '../errors'
import { mutate } from '../testing/mutants'
import { seededRandom } from '../testing/random'
import { mixToMono, prepareRecording } from './prepare'
import { decodeWav, encodeWav } from './wav'

const MUTANTS = 1000
const MOST_MS = 10_000
const EXPECTED = new Set(['audio-unreadable', 'audio-empty', 'audio-silent'])

test('each is a result or a clear message', () => {
  const speech = Float32Array.from({ length: 8000 }, (_, i) => 0.3 * Math.sin(i / 9) * Math.sin(i / 700) ** 2)
  const original = encodeWav(speech, 16_000)
  const fates = { results: 0, messages: 0 }
  for (let seed = 1; seed <= MUTANTS; seed++) {
    const bytes = mutate(original, seededRandom(seed))
    const startMs = performance.now()
    try {
      const { channels, sampleRateHz } = decodeWav(bytes)
      const prepared = prepareRecording(mixToMono(channels), sampleRateHz)
      const isSound = prepared.every((sample) => Math.abs(sample) <= 1)
      if (!isSound) throw new Error(`mutant ${seed}: not a sound`)
      fates.results += 1
    } catch (thrown) {
      if (!(thrown instanceof ConvergeError) || !EXPECTED.has(thrown.code)) {
        throw new Error(`mutant ${seed}: ${String(thrown)}`, { cause: thrown })
      }
      fates.messages += 1
    }
    if (performance.now() - startMs > MOST_MS) throw new Error(`mutant ${seed} took too long`)
  }
  expect(fates.results).toBeGreaterThan(MUTANTS / 5)
  expect(fates.messages).toBeGreaterThan(MUTANTS / 10)
})
