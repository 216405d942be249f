/**
 * Recovery without any device: an engine of references that fails at every feed in turn, once, twice and for good. What
 * cursors and batches give is what they give undisturbed.
 */
import { describe, expect, it } from 'vitest'
import { drawAll, feedEach, type Drawn, type LmEngine, type StreamSpec } from './lm-engine'
import { withRecovery, type Recovery } from './recovery'
import { createFailingEngine, type FailingEngine } from './testing/failing-engine'
import { createReferenceEngine } from './testing/reference-engine'
import { makeTinyModel } from './testing/tiny-model'

const model = makeTinyModel()
const { vocabulary } = model
const voice = Float32Array.from({ length: model.manifest.voiceDim }, (_, i) => Math.sin(i))
const sampling = { temperature: 0.9, topK: 0, topP: 0.95, minP: 0 }
const specs: StreamSpec[] = [
  { plan: { task: 'speak', phones: ['K'], sampling, seed: 19, take: 0 }, voice },
  { plan: { task: 'listen', units: [1, 5, 7, 7, 0] }, voice: voice.map(() => 0) },
]

const tokens = (count: number, first: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: vocabulary.unitToId((first + 3 * i) % 8),
    time: first + i,
    phone: i % 3,
  }))

interface Bench {
  readonly lm: LmEngine
  readonly recoveries: readonly Recovery[]
  /** Engines of the first kind, then the fallback, in the order in which they were made. */
  readonly made: readonly FailingEngine[]
}

/** @param failures feeds after which each engine that is made fails; no more of the first kind than `firstKind` */
async function openBench(failures: readonly number[], firstKind = Infinity): Promise<Bench> {
  const recoveries: Recovery[] = []
  const made: FailingEngine[] = []
  const make = (name: 'wgsl' | 'wasm'): LmEngine => {
    // As WebAssembly, the fallback runs a part of a batch at once.
    const options = name === 'wasm' ? { mostAtOnce: 1 } : {}
    const engine = createFailingEngine(createReferenceEngine(model), name, vocabulary, options)
    engine.failAfter(failures[made.length] ?? Infinity)
    made.push(engine)
    return engine.lm
  }
  const lm = await withRecovery({
    async makeEngine() {
      if (made.length >= firstKind) throw new Error('There is no other device.')
      return make('wgsl')
    },
    makeFallback: async () => make('wasm'),
    onRecovery: (recovery) => recoveries.push(recovery),
  })
  return { lm, recoveries, made }
}

const FEEDS = 5

/** So many feeds, with streams that branch, go back and end between them. @returns all logits */
async function useCursor(lm: LmEngine): Promise<Float32Array[]> {
  const cursor = lm.openCursor()
  const found: Float32Array[] = []
  const feed = async (...feeds: [stream: number, count: number, first: number][]) =>
    found.push(
      ...(await cursor.feed(
        feeds.map(([stream, count, first]) => ({ stream, tokens: tokens(count, first) })),
      )),
    )
  const closed = cursor.open(voice)
  const stem = cursor.open(voice.map((value) => -value))
  await feed([closed, 2, 1], [stem, 5, 0])
  cursor.close(closed)
  const branch = cursor.branch(stem)
  await feed([branch, 3, 2])
  cursor.rewind(stem, 2)
  const twig = cursor.branch(branch)
  await feed([stem, 1, 6], [twig, 2, 3])
  cursor.close(branch)
  const late = cursor.open(voice)
  for (const rows of await feedEach(cursor, [
    { stream: late, tokens: tokens(3, 1) },
    { stream: twig, tokens: tokens(2, 4) },
  ]))
    found.push(...rows)
  cursor.rewind(twig, 7)
  await feed([late, 1, 2], [stem, 2, 1], [twig, 1, 5])
  expect([stem, twig, late].map((stream) => cursor.length(stream))).toEqual([5, 8, 4])
  cursor.dispose()
  return found
}

const toIds = (streams: readonly (readonly Drawn[])[]) => streams.map((drawn) => drawn.map(({ id }) => id))

const wanted = await useCursor(createReferenceEngine(model))
const wantedIds = toIds(await drawAll(createReferenceEngine(model), specs))

describe('an engine that fails', () => {
  const feeds = Array.from({ length: FEEDS }, (_, i) => i)

  it.each(feeds)('once, after %i feeds: a cursor gives the same logits', async (after) => {
    const { lm, recoveries, made } = await openBench([after])
    expect(await useCursor(lm)).toEqual(wanted)
    expect(recoveries).toMatchObject([{ failed: 'wgsl', engine: 'wgsl' }])
    expect(made.map(({ isDisposed }) => isDisposed)).toEqual([true, false])
  })

  it.each(feeds.flatMap((first) => [0, 1, 2].map((second) => [first, second])))(
    'after %i feeds, and again after %i: a cursor gives the same logits on the fallback',
    async (first, second) => {
      const { lm, recoveries } = await openBench([first, second])
      expect(await useCursor(lm)).toEqual(wanted)
      const changes = recoveries.map(({ failed, engine }) => [failed, engine])
      // The second engine's first feed catches up.
      const isSpared = second > FEEDS - first
      expect(changes).toEqual(
        isSpared
          ? [['wgsl', 'wgsl']]
          : [
              ['wgsl', 'wgsl'],
              ['wgsl', 'wasm'],
            ],
      )
      expect(lm.name).toBe(isSpared ? 'wgsl' : 'wasm')
    },
  )

  it('while a batch starts, in its middle and at its last step, twice: it draws the same tokens', async () => {
    // The first feed is the prefixes', and none follows the last token.
    const last = Math.max(...wantedIds.map(({ length }) => length)) - 1
    for (const first of [0, 1, Math.floor(last / 2), last]) {
      for (const second of [0, 1]) {
        const { lm, recoveries } = await openBench([first, second])
        expect(toIds(await drawAll(lm, specs)), `${first} and ${second}`).toEqual(wantedIds)
        expect(recoveries.map(({ engine }) => engine)).toEqual(['wgsl', 'wasm'])
      }
    }
  })

  it('within a batch: the fallback runs as many of its streams at once as it does from the beginning', async () => {
    const { lm } = await openBench([3], 1)
    const batch = await lm.start(specs)
    const drawn = await batch.run(2)
    expect(drawn.map(({ length }) => length)).toEqual([2, 2])
    const more = await batch.run(2)
    expect(more.map(({ length }) => length)).toEqual([4, 0])
    batch.dispose()
  })

  it('for good: what the fallback throws is thrown, and it stays, however soon it came', async () => {
    for (const [firstKind, failures] of [
      [1, [1, 2]],
      [2, [1, 0, 2]],
    ] as const) {
      const { lm, recoveries, made } = await openBench(failures, firstKind)
      await expect(useCursor(lm)).rejects.toMatchObject({ code: 'engine-failed' })
      expect(recoveries.at(-1)).toMatchObject({ failed: 'wgsl', engine: 'wasm' })
      expect(recoveries).toHaveLength(firstKind)
      expect(made).toHaveLength(firstKind + 1)
      expect(made.at(-1)?.isDisposed).toBe(false)
      // It may be asked again, and still nothing comes after it.
      await expect(drawAll(lm, specs)).rejects.toMatchObject({ code: 'engine-failed' })
      made.at(-1)?.failAfter(Infinity)
      expect(await useCursor(lm)).toEqual(wanted)
      expect(recoveries).toHaveLength(firstKind)
    }
  })

  it('gives back what could not start on the last engine', async () => {
    const { lm, made } = await openBench([1, 0], 1)
    await expect(useCursor(lm)).rejects.toMatchObject({ code: 'engine-failed' })
    await expect(drawAll(lm, specs)).rejects.toMatchObject({ code: 'engine-failed' })
    expect(made[1].openCursors).toBe(0)
  })

  it('lets go of the engine that a recovery is making, where it is disposed of meanwhile', async () => {
    const { lm, made } = await openBench([0])
    const work = drawAll(lm, specs)
    while (!made[0].isDisposed) await Promise.resolve()
    await lm.dispose()
    await work.catch(() => undefined)
    expect(made.map(({ isDisposed }) => isDisposed)).toEqual([true, true])
  })

  it('tells why there was no other of its kind', async () => {
    const { lm, recoveries } = await openBench([1], 1)
    await useCursor(lm)
    expect(recoveries).toMatchObject([
      { engine: 'wasm', whyFallback: { message: expect.stringContaining('no other device') } },
    ])
  })
})
