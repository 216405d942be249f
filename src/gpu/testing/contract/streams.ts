/**
 * Owns: what every engine of the language model promises of streams, as tests: they share, part, go back and end without
 * touching each other, and go on elsewhere.
 */
import { expect, it } from 'vitest'
import { drawAll, feedEach, type StreamSpec } from '../../lm-engine'
import { largestDifference } from '../golden'
import { feedOne, type ContractBench, type ContractTolerances } from './bench'

export function testStreams(bench: ContractBench, { rounding }: Pick<ContractTolerances, 'rounding'>): void {
  const { makeTokens, makeVoice, logitsOf } = bench

  it('has nothing to say where nothing is fed or started', async () => {
    const cursor = bench.engine.openCursor()
    expect(await cursor.feed([])).toEqual([])
    cursor.dispose()
    expect(await drawAll(bench.engine, [])).toEqual([])
  })

  it('gives streams with one prefix the same, and then lets them part', async () => {
    const cursor = bench.engine.openCursor()
    const prefix = makeTokens(21)
    const ids = [0, 1, 2, 3].map(() => cursor.open(makeVoice()))
    const other = cursor.open(makeVoice(9))
    const first = await cursor.feed([...ids, other].map((stream) => ({ stream, tokens: prefix })))
    for (const logits of first.slice(0, 4))
      expect(largestDifference(logits, first[0])).toBeLessThanOrEqual(rounding)
    expect(largestDifference(first[4], first[0])).toBeGreaterThan(0.1)
    const next = ids.map((_, i) => makeTokens(3, i)[2])
    const parted = await cursor.feed(ids.map((stream, i) => ({ stream, tokens: [next[i]] })))
    for (const i of ids.keys()) {
      const alone = await logitsOf(bench.engine, [...prefix, next[i]])
      expect(largestDifference(parted[i], alone)).toBeLessThanOrEqual(rounding)
    }
    cursor.dispose()
  })

  it('leaves streams alone that are not fed', async () => {
    const cursor = bench.engine.openCursor()
    const [fed, still] = [cursor.open(makeVoice(1)), cursor.open(makeVoice(2))]
    const tokens = makeTokens(12)
    await cursor.feed([fed, still].map((stream) => ({ stream, tokens: tokens.slice(0, 6) })))
    for (const token of tokens.slice(6, 9)) await feedOne(cursor, fed, [token])
    expect([cursor.length(fed), cursor.length(still)]).toEqual([9, 6])
    const logits = await feedOne(cursor, still, tokens.slice(6))
    expect(largestDifference(logits, await logitsOf(bench.engine, tokens, makeVoice(2)))).toBeLessThanOrEqual(
      rounding,
    )
    cursor.dispose()
  })

  it('refuses a stream that is closed, and goes on with the others', async () => {
    const cursor = bench.engine.openCursor()
    const [closed, other] = [cursor.open(makeVoice()), cursor.open(makeVoice())]
    const tokens = makeTokens(4)
    await cursor.feed([closed, other].map((stream) => ({ stream, tokens })))
    cursor.close(closed)
    const refusal = expect.objectContaining({ code: 'internal' })
    for (const use of [cursor.length, cursor.branch, cursor.close, (id: number) => cursor.rewind(id, 1)]) {
      expect(() => use(closed)).toThrow(refusal)
    }
    for (const next of [tokens, tokens.slice(0, 1)]) {
      const feeds = [other, closed].map((stream) => ({ stream, tokens: next }))
      await expect(cursor.feed(feeds)).rejects.toEqual(refusal)
      await expect(feedEach(cursor, feeds)).rejects.toEqual(refusal)
    }
    expect(cursor.length(other)).toBe(4)
    expect(await cursor.feed([{ stream: other, tokens }])).toHaveLength(1)
    cursor.dispose()
  })

  it('branches, rewinds and closes without touching the others', async () => {
    const cursor = bench.engine.openCursor()
    const tokens = makeTokens(60)
    const [a, b, c] = [makeTokens(9, 4).slice(1), makeTokens(30, 5).slice(1), makeTokens(4, 6).slice(1)]
    const stem = cursor.open(makeVoice())
    await feedOne(cursor, stem, tokens)
    const branch = cursor.branch(stem)
    const twig = cursor.branch(branch)
    expect(cursor.length(twig)).toBe(60)
    const found = [await feedOne(cursor, stem, a), await feedOne(cursor, branch, b)]
    cursor.rewind(stem, 37)
    found.push(await feedOne(cursor, stem, c))
    cursor.close(branch)
    found.push(await feedOne(cursor, twig, c))
    cursor.rewind(twig, 16)
    found.push(await feedOne(cursor, twig, b))
    const wanted = [
      [...tokens, ...a],
      [...tokens, ...b],
      [...tokens.slice(0, 37), ...c],
      [...tokens, ...c],
      [...tokens.slice(0, 16), ...b],
    ]
    for (const [i, history] of wanted.entries()) {
      expect(
        largestDifference(found[i], await logitsOf(bench.engine, history)),
        `history ${i}`,
      ).toBeLessThanOrEqual(rounding)
    }
    cursor.dispose()
  })

  it('goes on from what was drawn elsewhere', async () => {
    const sampling = { temperature: 0.8, topK: 0, topP: 0.95, minP: 0 }
    const specs = ['AH0', 'OW1'].map((phone, take): StreamSpec => ({
      plan: { task: 'speak', phones: ['HH', phone], sampling, seed: 4, take },
      voice: makeVoice(),
    }))
    const whole = await drawAll(bench.engine, specs)
    const drawn = whole.map((tokens, i) => tokens.slice(0, 5 + 4 * i))
    const batch = await bench.engine.start(specs, drawn)
    while (!batch.done) (await batch.run(16)).forEach((tokens, i) => drawn[i].push(...tokens))
    batch.dispose()
    const toIds = (streams: typeof whole) => streams.map((tokens) => tokens.map(({ id }) => id))
    expect(toIds(drawn)).toEqual(toIds(whole))
    const ended = await bench.engine.start(specs, whole)
    expect(ended.done).toBe(true)
    ended.dispose()
  })
}
