/** A take's sound from its tokens, and the moves of the vocoder in a stream. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinSamples } from '../../speech/4-wave/join'
import { NO_MOVES } from '../../speech/4-wave/moves'
import { openTestLadder } from '../testing/disk-ladder'
import type { Ladder } from './load'
import { textToPlan } from './plan'
import { replayTake } from './replay'
import { speak, type SpeakOptions } from './speak'
import { chooseVoice } from './voice'

const TEXT = 'Two of us. The birds clapped.'
const sampling = { temperature: 0.8, topP: 1, topK: 0, minP: 0 }

let ladder: Ladder
beforeAll(async () => {
  ladder = await openTestLadder('int8')
})
afterAll(() => ladder.dispose())

async function say(options: SpeakOptions) {
  const plan = await textToPlan(ladder, TEXT)
  const parts: Float32Array[] = []
  const speaking = speak(ladder, plan, options)
  let step = await speaking.next()
  for (; !step.done; step = await speaking.next()) {
    if (step.value.type === 'audio') parts.push(step.value.samples)
  }
  return { plan, take: step.value, parts, samples: joinSamples(parts) }
}

const parts = [
  { name: 'af_heart', weight: 1 },
  { name: 'bm_george', weight: 1 },
]

describe('a spoken take', () => {
  it('sounds the same to the last bit when its tokens are replayed, also moved', async () => {
    const moves = { pitchSemitones: 3, pace: 1.25, breathinessDb: 6 }
    for (const options of [
      { voice: chooseVoice(ladder, { parts }), sampling, seed: 9 },
      { voice: chooseVoice(ladder, { name: 'af_heart' }), sampling, seed: 9, moves },
    ]) {
      const { plan, take, samples } = await say(options)
      const again = await replayTake(ladder, plan, take, options)
      expect(again).toEqual(samples)
    }
  })

  it('is bit-equal with moves that move nothing', async () => {
    const options = { voice: chooseVoice(ladder, { name: 'af_heart' }), sampling, seed: 2 }
    const plain = await say(options)
    expect((await say({ ...options, moves: NO_MOVES })).samples).toEqual(plain.samples)
  })

  it('keeps its units when it is moved; pitch streams, pace comes in one piece an utterance', async () => {
    const options = { voice: chooseVoice(ladder, { name: 'af_heart' }), sampling, seed: 2 }
    const plain = await say(options)
    const high = await say({ ...options, moves: { ...NO_MOVES, pitchSemitones: 5 } })
    expect(high.take).toEqual(plain.take)
    expect(high.parts.length).toBe(plain.parts.length)
    expect(high.samples).not.toEqual(plain.samples)
    const slow = await say({ ...options, moves: { ...NO_MOVES, pace: 0.8 } })
    expect(slow.take).toEqual(plain.take)
    expect(slow.parts).toHaveLength(2)
    expect(slow.samples.length / plain.samples.length).toBeCloseTo(1.25, 2)
  })
})
