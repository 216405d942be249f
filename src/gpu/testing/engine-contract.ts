/**
 * Owns: what every engine of the language model promises, as tests: the same numbers as the reference, however tokens are
 * cut, whoever stands beside a stream, and through branches, steps back and ends.
 */
import { beforeAll, expect, it } from 'vitest'
import type { PlacedToken } from '../../speech/3-units/streams'
import { drawAll, feedEach, type LmCursor, type LmEngine, type StreamSpec } from '../lm-engine'
import { largestDifference } from './golden'
import type { TestModel } from './test-model'

export interface Contracted {
  readonly engine: LmEngine
  /** On the same weights. */
  readonly reference: LmEngine
  readonly model: Pick<TestModel, 'manifest' | 'vocabulary'>
}

export interface ContractTolerances {
  /** How far an engine may be from itself when it is fed another way. */
  readonly rounding: number
  /** How far from the reference. */
  readonly distance: number
}

const BATCHES = [1, 2, 3, 4, 8, 9, 16]
const LENGTHS = [1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 65, 255, 256, 257, 1024]

/** Within a `describe`. @param open when the tests run; the engines are the caller's to let go */
export function testContract(
  { rounding, distance }: ContractTolerances,
  open: () => Contracted | Promise<Contracted>,
): void {
  let engine: LmEngine
  let reference: LmEngine
  let model: Contracted['model']
  beforeAll(async () => {
    ;({ engine, reference, model } = await open())
  })

  /** Some tokens as speech has them, the voice first. */
  function makeTokens(count: number, seed = 0): PlacedToken[] {
    const { vocabulary, manifest } = model
    return Array.from({ length: count }, (_, i) => {
      if (i === 0) return { id: vocabulary.pad, time: 0, phone: 0 }
      const id =
        i % 4 === 1
          ? vocabulary.phoneRange[0] + ((i * 7 + seed) % 70)
          : vocabulary.unitToId((i * 389 + seed * 31) % manifest.codes)
      return { id, time: Math.floor(i * 0.75), phone: Math.ceil(i / 4) }
    })
  }

  const makeVoice = (seed = 0) =>
    Float32Array.from({ length: model.manifest.voiceDim }, (_, i) => Math.sin(i * 1.7 + seed))

  async function logitsOf(
    lm: LmEngine,
    tokens: readonly PlacedToken[],
    voice = makeVoice(),
  ): Promise<Float32Array> {
    const cursor = lm.openCursor()
    const logits = await feedOne(cursor, cursor.open(voice), tokens)
    cursor.dispose()
    return logits
  }

  it('gives the reference’s logits at every length of context', async () => {
    for (const length of LENGTHS) {
      const tokens = makeTokens(length, length)
      const difference = largestDifference(await logitsOf(engine, tokens), await logitsOf(reference, tokens))
      expect(difference, `${length} tokens`).toBeLessThan(distance)
    }
  })

  it('gives the same logits however the tokens are cut', async () => {
    const tokens = makeTokens(70)
    const whole = await logitsOf(engine, tokens)
    for (const size of [1, 2, 7, 16, 33]) {
      const cursor = engine.openCursor()
      const stream = cursor.open(makeVoice())
      let logits = new Float32Array(0)
      for (let at = 0; at < tokens.length; at += size) {
        logits = new Float32Array(await feedOne(cursor, stream, tokens.slice(at, at + size)))
      }
      expect(cursor.length(stream)).toBe(tokens.length)
      expect(largestDifference(logits, whole), `pieces of ${size}`).toBeLessThanOrEqual(rounding)
      cursor.dispose()
    }
  })

  it('gives after each of several tokens what it gives after them one by one', async () => {
    const rows = [makeTokens(40, 3), makeTokens(11, 4), makeTokens(1, 5)]
    const cursor = engine.openCursor()
    const open = () => rows.map((_, i) => cursor.open(makeVoice(i)))
    const streams = open()
    const each = await feedEach(
      cursor,
      streams.map((stream, i) => ({ stream, tokens: rows[i] })),
    )
    expect(each.map(({ length }) => length)).toEqual([40, 11, 1])
    expect(streams.map((stream) => cursor.length(stream))).toEqual([40, 11, 1])
    for (const [i, stream] of open().entries()) {
      for (const [at, token] of rows[i].entries()) {
        const logits = await feedOne(cursor, stream, [token])
        expect(largestDifference(each[i][at], logits), `${at} of ${i}`).toBeLessThanOrEqual(rounding)
      }
    }
    cursor.dispose()
  })

  it('has nothing to say where nothing is fed or started', async () => {
    const cursor = engine.openCursor()
    expect(await cursor.feed([])).toEqual([])
    cursor.dispose()
    expect(await drawAll(engine, [])).toEqual([])
  })

  it('gives a stream in a batch what it gives it alone', async () => {
    for (const streams of BATCHES) {
      const cursor = engine.openCursor()
      const prefixes = Array.from({ length: streams }, (_, i) => makeTokens(5 + ((i * 5) % 13), i))
      const ids = prefixes.map((_, i) => cursor.open(makeVoice(i)))
      await cursor.feed(ids.map((stream, i) => ({ stream, tokens: prefixes[i] })))
      const next = ids.map((_, i) => makeTokens(3, i + 50)[2])
      const together = await cursor.feed(ids.map((stream, i) => ({ stream, tokens: [next[i]] })))
      for (const i of ids.keys()) {
        const alone = await logitsOf(engine, [...prefixes[i], next[i]], makeVoice(i))
        expect(largestDifference(together[i], alone), `${i} of ${streams}`).toBeLessThanOrEqual(rounding)
      }
      cursor.dispose()
    }
  })

  it('gives streams with one prefix the same, and then lets them part', async () => {
    const cursor = engine.openCursor()
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
      const alone = await logitsOf(engine, [...prefix, next[i]])
      expect(largestDifference(parted[i], alone)).toBeLessThanOrEqual(rounding)
    }
    cursor.dispose()
  })

  it('leaves streams alone that are not fed', async () => {
    const cursor = engine.openCursor()
    const [fed, still] = [cursor.open(makeVoice(1)), cursor.open(makeVoice(2))]
    const tokens = makeTokens(12)
    await cursor.feed([fed, still].map((stream) => ({ stream, tokens: tokens.slice(0, 6) })))
    for (const token of tokens.slice(6, 9)) await feedOne(cursor, fed, [token])
    expect([cursor.length(fed), cursor.length(still)]).toEqual([9, 6])
    const logits = await feedOne(cursor, still, tokens.slice(6))
    expect(largestDifference(logits, await logitsOf(engine, tokens, makeVoice(2)))).toBeLessThanOrEqual(
      rounding,
    )
    cursor.dispose()
  })

  it('refuses a stream that is closed, and goes on with the others', async () => {
    const cursor = engine.openCursor()
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
    const cursor = engine.openCursor()
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
        largestDifference(found[i], await logitsOf(engine, history)),
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
    const whole = await drawAll(engine, specs)
    const drawn = whole.map((tokens, i) => tokens.slice(0, 5 + 4 * i))
    const batch = await engine.start(specs, drawn)
    while (!batch.done) (await batch.run(16)).forEach((tokens, i) => drawn[i].push(...tokens))
    batch.dispose()
    const toIds = (streams: typeof whole) => streams.map((tokens) => tokens.map(({ id }) => id))
    expect(toIds(drawn)).toEqual(toIds(whole))
    const ended = await engine.start(specs, whole)
    expect(ended.done).toBe(true)
    ended.dispose()
  })
}

async function feedOne(
  cursor: LmCursor,
  stream: number,
  tokens: readonly PlacedToken[],
): Promise<Float32Array> {
  const [logits] = await cursor.feed([{ stream, tokens }])
  return logits
}
