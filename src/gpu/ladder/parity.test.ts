/**
 * The ladder against the Python prototype (golden files). With the half-precision reference graph both compute the same
 * numbers up to rounding, so tokens must match one by one; continuous values have the tolerance stated beside them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { preparedToTokenizerSamples, prepareRecording } from '../../speech/4-wave/prepare'
import { codecMel } from '../../speech/4-wave/codec-mel'
import { whisperMel } from '../../speech/4-wave/whisper-mel'
import { GREEDY } from '../../speech/3-units/sampling'
import type { Phone, Unit } from '../../speech/3-units/vocabulary'
import { drawAll } from '../lm-engine'
import { readClip } from '../testing/clips'
import { goldenFloats, goldenJson, largestDifference } from '../testing/golden'
import { openTestLadder } from '../testing/disk-ladder'
import { listen } from './listen'
import type { Ladder } from './load'
import { textToPlan } from './plan'
import { drawTakes } from './speak'
import { chooseVoice } from './voice'

interface GoldenTake {
  readonly text: string
  readonly voice: string
  readonly phones: readonly Phone[]
  readonly units: readonly Unit[]
  readonly durations: readonly number[]
}
interface GoldenTranscript {
  readonly units: readonly Unit[]
  readonly phones: readonly (readonly [Phone, number])[]
  readonly text: string
}
interface GoldenAudio {
  readonly clip: string
  readonly codes_whisper: readonly Unit[]
  readonly codes_mel: readonly Unit[]
}

describe('the ladder with reference weights', () => {
  let ladder: Ladder
  beforeAll(async () => {
    ladder = await openTestLadder('reference')
  })
  afterAll(() => ladder.dispose())

  it('draws the prototype’s greedy take, token by token', async () => {
    const golden = goldenJson('greedy_take') as GoldenTake
    const plan = await textToPlan(ladder, golden.text)
    expect(plan.utterances).toEqual([['_', ...golden.phones, '_']])
    const voice = chooseVoice(ladder, { name: golden.voice })
    const [take] = await drawTakes(ladder, plan, { voice, sampling: GREEDY, seed: 1 }, 1)
    expect(take.units).toEqual(golden.units)
    expect(take.durationsFrames).toEqual(golden.durations)
  })

  it('hears the prototype’s greedy transcript, phone by phone', async () => {
    const golden = goldenJson('greedy_transcript') as GoldenTranscript
    const voice = new Float32Array(ladder.manifest.voiceDim)
    const [drawn] = await drawAll(ladder.lm, [{ plan: { task: 'listen', units: golden.units }, voice }])
    const { vocabulary } = ladder
    const phones = drawn
      .filter(({ id }) => vocabulary.isPhone(id))
      .map(({ id, time }) => [vocabulary.idToPhone(id), time])
    expect(phones).toEqual(golden.phones)
  })

  it('says and spells words as the prototype does', async () => {
    const golden = goldenJson('say_as') as { letters: string; phones: Phone[]; spelt: string }[]
    const voice = new Float32Array(ladder.manifest.voiceDim)
    const { vocabulary } = ladder
    const said = await drawAll(
      ladder.lm,
      golden.map(({ letters }) => ({ plan: { task: 'say-as', letters }, voice })),
    )
    const phones = said.map((drawn) => drawn.slice(0, -1).map(({ id }) => vocabulary.idToPhone(id)))
    expect(phones).toEqual(golden.map((word) => word.phones))
    const spelt = await drawAll(
      ladder.lm,
      golden.map((word) => ({ plan: { task: 'spell', phones: word.phones }, voice })),
    )
    const letters = spelt.map((drawn) =>
      drawn
        .slice(0, -1)
        .map(({ id }) => vocabulary.idToLetter(id))
        .join(''),
    )
    expect(letters).toEqual(golden.map((word) => word.spelt))
  })

  it('turns a recording into the prototype’s units with both tokenizers', async () => {
    const golden = goldenJson('audio') as GoldenAudio
    const { samples, sampleRateHz } = readClip(golden.clip)
    const prepared = prepareRecording(samples, sampleRateHz, ladder.manifest)
    const forWhisper = whisperMel(preparedToTokenizerSamples(prepared, ladder.manifest))
    const frames = prepared.length / ladder.manifest.samplesPerFrame
    const whisper = await ladder.networks.whisperMelToUnits(forWhisper.bands, forWhisper.frames, frames)
    const forMel = codecMel(prepared)
    const mel = await ladder.networks.codecMelToUnits(forMel.bands, forMel.frames)
    // The resampler differs from scipy's by rounding alone; a digit on the edge between two levels may still tip.
    const share = (found: readonly Unit[], wanted: readonly Unit[]) =>
      found.filter((unit, i) => unit === wanted[i]).length / wanted.length
    expect(whisper).toHaveLength(golden.codes_whisper.length)
    expect(share(whisper, golden.codes_whisper)).toBeGreaterThanOrEqual(0.98)
    expect(share(mel, golden.codes_mel)).toBeGreaterThanOrEqual(0.98)
  })

  it('hears a recording as the prototype does, and spells what it heard', async () => {
    const golden = goldenJson('audio') as GoldenAudio
    const transcript = goldenJson('greedy_transcript') as GoldenTranscript
    const hearing = listen(ladder, readClip(golden.clip), 'whisper', 1)
    let step = await hearing.next()
    while (!step.done) step = await hearing.next()
    const phones = transcript.phones.map(([phone]) => phone)
    expect(step.value.phones.map(({ phone }) => phone)).toEqual(phones)
    // The prototype spells them all at once, listening a few words at a time (listen-greedily.ts).
    const voice = new Float32Array(ladder.manifest.voiceDim)
    const [spelt] = await drawAll(ladder.lm, [{ plan: { task: 'spell', phones }, voice }])
    const letters = spelt.slice(0, -1).map(({ id }) => ladder.vocabulary.idToLetter(id))
    expect(letters.join('').trim()).toBe(transcript.text)
  })

  it('reads a voice and decodes controls within the runtime’s rounding', async () => {
    const bands = goldenFloats('codec_mel')
    const found = await ladder.networks.codecMelToVoice(bands, bands.length / 80)
    expect(largestDifference(found, goldenFloats('voice'))).toBeLessThan(1e-4)
    const { units, voice } = goldenJson('decoder') as { units: Unit[]; voice: string }
    const controls = await ladder.networks.unitsToControls(units, chooseVoice(ladder, { name: voice }))
    // Logs and logits of order 10; float32 sums over up to 960 terms differ by about 1e-5 between libraries.
    expect(largestDifference(controls, goldenFloats('decoder_controls'))).toBeLessThan(1e-3)
  })
})
