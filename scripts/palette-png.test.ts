/** A small picture read back by hand: header, palette, rows. */
import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { toPalettePng } from './palette-png'

const RED = [200, 16, 16, 255]
const BLUE = [16, 16, 200, 255]

function readChunks(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return chunks
}

const colorsOf = (png: Buffer, width: number): number[][] => {
  const chunks = readChunks(png)
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0)
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  return [...rows]
    .filter((_, i) => i % (width + 1) > 0)
    .map((index) => [...palette.subarray(3 * index, 3 * index + 3)])
}

test('few colours come back as they are', () => {
  const rgba = Uint8Array.from([RED, RED, BLUE, RED, BLUE, RED].flat())
  const png = toPalettePng({ width: 3, height: 2, rgba })
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const header = readChunks(png).get('IHDR')
  expect([header?.readUInt32BE(0), header?.readUInt32BE(4)]).toEqual([3, 2])
  expect(colorsOf(png, 3)).toEqual([RED, RED, BLUE, RED, BLUE, RED].map((color) => color.slice(0, 3)))
})

test('of many colours each gets one that is near', () => {
  const pixels = Array.from({ length: 4096 }, (_, i) => [
    (i % 16) * 16,
    (Math.floor(i / 16) % 16) * 16,
    Math.floor(i / 256) * 16,
    255,
  ])
  const seen = colorsOf(toPalettePng({ width: 64, height: 64, rgba: Uint8Array.from(pixels.flat()) }), 64)
  expect(new Set(seen.map(String)).size).toBeLessThanOrEqual(128)
  const gaps = seen.flatMap((color, i) => color.map((part, c) => Math.abs(part - pixels[i][c])))
  // Of a cube filled evenly, the colours that are not in the palette have neighbours that are.
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(64)
})
