/** The microphone's way: supposed words while somebody speaks, and firm ones that are those of a file of the utterance. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GATE_START, gateChunk } from '../../speech/4-wave/gate'
import { readClip } from '../testing/clips'
import { openTestLadder } from '../testing/disk-ladder'
import { listen, type Heard } from './listen'
import { listenLive, type LiveEvent } from './live'
import type { Ladder } from './load'

const RATE_HZ = 16_000
const clips = ['sense-0880.wav', 'sense-0930.wav'].map((name) => readClip(name).samples)
/** Two sentences with pauses of 1.5 s around them. */
const spoken = Float32Array.from([
  ...new Float32Array(1.5 * RATE_HZ),
  ...clips[0],
  ...new Float32Array(1.5 * RATE_HZ),
  ...clips[1],
  ...new Float32Array(1.5 * RATE_HZ),
])

let ladder: Ladder
let events: LiveEvent[]
let result: Heard
beforeAll(async () => {
  ladder = await openTestLadder('int8', 'wasm')
  events = []
  let at = 0
  const source = {
    sampleRateHz: RATE_HZ,
    async next() {
      if (at >= spoken.length) return undefined
      at += 2048
      return spoken.slice(at - 2048, at)
    },
  }
  const hearing = listenLive(ladder, source, 'whisper')
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) events.push(step.value)
  result = step.value
})
afterAll(() => ladder.dispose())

test('firm words are those of each utterance as a file', async () => {
  const { closed } = gateChunk(GATE_START, spoken, RATE_HZ, true)
  expect(closed.length).toBeGreaterThanOrEqual(2)
  const words: string[] = []
  for (const { start, end } of closed) {
    const hearing = listen(ladder, { samples: spoken.slice(start, end), sampleRateHz: RATE_HZ }, 'whisper')
    let step = await hearing.next()
    while (!step.done) step = await hearing.next()
    words.push(...step.value.words.map(({ word }) => word))
  }
  const firm = events.flatMap((event) => (event.type === 'worded' ? event.words : []))
  expect(firm.map(({ word }) => word)).toEqual(words)
  expect(result.words).toEqual(firm)
  expect(result.text).toBe(words.join(' '))
  console.log(result.text)
})

test('words are supposed before an utterance is over, and make way for the firm ones', () => {
  const first = events.findIndex(({ type }) => type === 'worded')
  const before = events.slice(0, first).filter((event) => event.type === 'supposed' && event.words.length > 0)
  expect(before.length).toBeGreaterThan(1)
  const after = events[first + 1]
  expect(after).toEqual({ type: 'supposed', words: [] })
})

test('words stand where they were said; units are a row over all of the recording', () => {
  expect(result.seconds).toBeCloseTo(spoken.length / RATE_HZ)
  expect(result.words[0].startSeconds).toBeGreaterThanOrEqual(1.2)
  expect(result.words[0].startSeconds).toBeLessThan(2.5)
  const last = result.words.at(-1)
  expect(last?.endSeconds).toBeLessThan(spoken.length / RATE_HZ - 1)
  expect(result.units).toHaveLength(Math.ceil((result.seconds + 0.3) * ladder.manifest.frameRateHz))
})
