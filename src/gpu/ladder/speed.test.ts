/** What a search costs, measured on an engine whose costs are known, by a clock that only its work moves. */
import { afterEach, expect, it, vi } from 'vitest'
import { feedEach, findStream, type LmCursor, type LmEngine, type StreamId } from '../lm-engine'
import { makeTinyModel } from '../testing/tiny-model'
import { measureSearchedPerSecond } from './speed'

const { manifest, vocabulary } = makeTinyModel()
afterEach(() => vi.restoreAllMocks())

interface Costs {
  readonly feed: number
  readonly branch: number
  /** Of the engine's own; absent where it has none. */
  readonly feedEach?: number
}

/** In milliseconds. @returns also how long streams were when they were fed */
function openTimed(costs: Costs) {
  let nowMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  const fedAt: number[] = []
  const logits = new Float32Array(vocabulary.size)
  function openCursor(): LmCursor {
    const lengths = new Map<StreamId, number>()
    let lastId = -1
    const add = (length: number): StreamId => {
      lengths.set(++lastId, length)
      return lastId
    }
    const cursor: LmCursor = {
      open: () => add(0),
      async feed(feeds) {
        nowMs += costs.feed
        for (const { stream, tokens } of feeds) {
          fedAt.push(findStream(lengths, stream))
          lengths.set(stream, findStream(lengths, stream) + tokens.length)
        }
        return feeds.map(() => logits)
      },
      length: (id) => findStream(lengths, id),
      branch(id) {
        nowMs += costs.branch
        return add(findStream(lengths, id))
      },
      rewind(id, length) {
        expect(length).toBeLessThanOrEqual(findStream(lengths, id))
        lengths.set(id, length)
      },
      close(id) {
        findStream(lengths, id)
        lengths.delete(id)
      },
      dispose: () => lengths.clear(),
    }
    const { feedEach: eachMs } = costs
    if (eachMs === undefined) return cursor
    return {
      ...cursor,
      async feedEach(feeds) {
        const before = nowMs
        const rows = await feedEach(cursor, feeds)
        nowMs = before + eachMs
        return rows
      },
    }
  }
  const lm = { openCursor } as LmEngine
  return { ladder: { lm, manifest, vocabulary }, fedAt }
}

it('histories that part cost, and readings that are fed token by token', async () => {
  const pause = async () => undefined
  const searched = (costs: Costs) => measureSearchedPerSecond(openTimed(costs).ladder, pause)
  // 16 frames of 8 histories, of which two part at each, and 16 tokens of a reading.
  expect(await searched({ feed: 3, branch: 1, feedEach: 10 })).toBeCloseTo((1000 * 144) / (16 * 5 + 10))
  expect(await searched({ feed: 3, branch: 0 })).toBeCloseTo((1000 * 144) / (16 * 3 + 16 * 3))
})

it('measures far into a stretch, as most of a search is', async () => {
  const { ladder, fedAt } = openTimed({ feed: 3, branch: 1, feedEach: 10 })
  let pauses = 0
  await measureSearchedPerSecond(ladder, async () => void (pauses += 1))
  expect(Math.min(...fedAt.slice(-200))).toBeGreaterThanOrEqual(400)
  expect(pauses).toBeGreaterThan(50)
})
