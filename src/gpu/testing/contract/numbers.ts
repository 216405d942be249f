/**
 * Owns: what every engine of the language model promises of its numbers, as tests: the reference's, however tokens are cut
 * and whoever stands beside a stream.
 */
import { expect, it } from 'vitest'
import { feedEach } from '../../lm-engine'
import { largestDifference } from '../golden'
import { feedOne, type ContractBench, type ContractTolerances } from './bench'

const BATCHES = [1, 2, 3, 4, 8, 9, 16]
const LENGTHS = [1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 65, 255, 256, 257, 1024]

export function testNumbers(bench: ContractBench, { rounding, distance }: ContractTolerances): void {
  const { makeTokens, makeVoice, logitsOf } = bench

  it('gives the reference’s logits at every length of context', async () => {
    for (const length of LENGTHS) {
      const tokens = makeTokens(length, length)
      const difference = largestDifference(
        await logitsOf(bench.engine, tokens),
        await logitsOf(bench.reference, tokens),
      )
      expect(difference, `${length} tokens`).toBeLessThan(distance)
    }
  })

  it('gives the same logits however the tokens are cut', async () => {
    const tokens = makeTokens(70)
    const whole = await logitsOf(bench.engine, tokens)
    for (const size of [1, 2, 7, 16, 33]) {
      const cursor = bench.engine.openCursor()
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
    const cursor = bench.engine.openCursor()
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

  it('gives a stream in a batch what it gives it alone', async () => {
    for (const streams of BATCHES) {
      const cursor = bench.engine.openCursor()
      const prefixes = Array.from({ length: streams }, (_, i) => makeTokens(5 + ((i * 5) % 13), i))
      const ids = prefixes.map((_, i) => cursor.open(makeVoice(i)))
      await cursor.feed(ids.map((stream, i) => ({ stream, tokens: prefixes[i] })))
      const next = ids.map((_, i) => makeTokens(3, i + 50)[2])
      const together = await cursor.feed(ids.map((stream, i) => ({ stream, tokens: [next[i]] })))
      for (const i of ids.keys()) {
        const alone = await logitsOf(bench.engine, [...prefixes[i], next[i]], makeVoice(i))
        expect(largestDifference(together[i], alone), `${i} of ${streams}`).toBeLessThanOrEqual(rounding)
      }
      cursor.dispose()
    }
  })
}
