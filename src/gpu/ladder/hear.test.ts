/**
 * The beam on a made-up engine whose logits depend on what a stream was fed: what it does to streams, and what it promises.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSounds, type HeardSound } from '../../speech/3-units/search/sounds'
import { smallVocabulary as vocabulary } from '../../speech/3-units/search/testing'
import type { PlacedToken } from '../../speech/3-units/streams'
import type { LmCursor, LmEngine, StreamId } from '../lm-engine'
import { hearHistories } from './hear'
import type { HearOptions } from './hear-steps'

const sounds = createSounds(vocabulary)
const noGuide = { start: 0, next: (count: number) => count + 1, score: () => 0 }

/** Counts its open streams; every use of a closed one throws. */
function madeUpEngine(seed: number) {
  const facts = { open: 0, mostOpen: 0 }
  function openCursor(): LmCursor {
    const streams = new Map<StreamId, readonly PlacedToken[]>()
    let last = -1
    const of = (id: StreamId) => {
      const tokens = streams.get(id)
      if (!tokens) throw new Error(`stream ${id} is closed`)
      return tokens
    }
    const add = (tokens: readonly PlacedToken[]) => {
      streams.set(++last, tokens)
      facts.open += 1
      facts.mostOpen = Math.max(facts.mostOpen, facts.open)
      return last
    }
    const close = (id: StreamId) => {
      of(id)
      streams.delete(id)
      facts.open -= 1
    }
    return {
      open: () => add([]),
      async feed(feeds) {
        return feeds.map(({ stream, tokens }) => {
          const fed = [...of(stream), ...tokens]
          streams.set(stream, fed)
          const state = fed.reduce(
            (sum, { id, time, phone }) => (31 * sum + 7 * id + 3 * time + phone) % 9973,
            seed,
          )
          return Float32Array.from({ length: vocabulary.size }, (_, id) => 3 * Math.sin(state * (id + 1)))
        })
      },
      length: (id) => of(id).length,
      branch: (id) => add(of(id)),
      rewind: (id, length) => void streams.set(id, of(id).slice(0, length)),
      close,
      dispose() {
        for (const id of streams.keys()) close(id)
      },
    }
  }
  const engine: Pick<LmEngine, 'openCursor'> = { openCursor }
  return { engine, facts }
}

async function hear(seed: number, units: readonly number[], options: HearOptions) {
  const { engine, facts } = madeUpEngine(seed)
  const ports = { lm: engine, vocabulary, sounds, voice: new Float32Array(2) }
  const hearing = hearHistories(ports, units, noGuide, options)
  const agreed: HeardSound[] = []
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) agreed.push(...step.value.sounds)
  return { agreed, histories: step.value, facts }
}

const cases = [
  fc.nat(1000),
  fc.array(fc.nat(15), { minLength: 1, maxLength: 25 }),
  fc.record({
    beam: fc.integer({ min: 2, max: 8 }),
    width: fc.constantFrom(2, 8),
    certain: fc.constantFrom(0.5, 0.6, 0.9),
  }),
] as const

test('sounds told early stay: every history that is left begins with them', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (seed, units, options) => {
      const { agreed, histories } = await hear(seed, units, options)
      expect(histories.length).toBeGreaterThan(0)
      const names = (list: readonly HeardSound[]) => list.map(({ sound }) => sound)
      for (const history of histories)
        expect(names(history.sounds).slice(0, agreed.length)).toEqual(names(agreed))
    }),
    { numRuns: 60 },
  )
})

test('histories are few, differ, come best first, and no stream is left open', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (seed, units, options) => {
      const { histories, facts } = await hear(seed, units, options)
      expect(histories.length).toBeLessThanOrEqual(options.beam)
      const keys = histories.map((history) => history.sounds.map(({ sound }) => sound).join(' '))
      expect(new Set(keys).size).toBe(keys.length)
      for (const { sounds: said, place } of histories) expect(place).toBe(said.length)
      const frames = histories.flatMap((history) => history.sounds.map((heard) => heard.frames))
      expect(frames.every((at) => at >= 1 && at <= units.length)).toBe(true)
      expect(facts.open).toBe(0)
      expect(facts.mostOpen).toBeLessThanOrEqual(2 * options.beam)
    }),
    { numRuns: 60 },
  )
})

test('logits that are of no use end the hearing with an error, and no stream is left open', async () => {
  const { engine, facts } = madeUpEngine(NaN)
  const ports = { lm: engine, vocabulary, sounds, voice: new Float32Array(2) }
  const hearing = hearHistories(ports, [1, 2], noGuide, { beam: 2, width: 8, certain: 0.9 })
  await expect(hearing.next()).rejects.toMatchObject({ code: 'engine-failed' })
  expect(facts.open).toBe(0)
})
