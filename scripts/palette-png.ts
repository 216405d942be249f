/**
 * Owns: a picture as a PNG of at most 128 colours: a third of the bytes of a full one, and no eye sees the difference in a
 * page of text and plots.
 */
import { crc32, deflateSync } from 'node:zlib'

export interface Picture {
  readonly width: number
  readonly height: number
  /** Row by row, four bytes a pixel; opaque. */
  readonly rgba: Uint8Array
}

const MAX_COLORS = 128
/** Colours that differ in the last bits only are one. */
const BITS_KEPT = 5
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOR_TYPE_INDEXED = 3

interface Bin {
  count: number
  readonly sum: [red: number, green: number, blue: number]
}

export function toPalettePng({ width, height, rgba }: Picture): Buffer {
  const bins = countBins(rgba)
  const palette = [...bins.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MAX_COLORS)
    .map(({ count, sum }) => sum.map((part) => Math.round(part / count)))
  const indexes = new Map([...bins].map(([key, bin]) => [key, nearest(palette, bin)]))
  // A row begins with the number of its filter: none.
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indexes.get(binOf(rgba, 4 * (y * width + x))) ?? 0
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, COLOR_TYPE_INDEXED, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function binOf(rgba: Uint8Array, at: number): number {
  const drop = 8 - BITS_KEPT
  return (
    ((rgba[at] >> drop) << (2 * BITS_KEPT)) | ((rgba[at + 1] >> drop) << BITS_KEPT) | (rgba[at + 2] >> drop)
  )
}

function countBins(rgba: Uint8Array): Map<number, Bin> {
  const bins = new Map<number, Bin>()
  for (let at = 0; at < rgba.length; at += 4) {
    const key = binOf(rgba, at)
    const bin = bins.get(key) ?? { count: 0, sum: [0, 0, 0] }
    bin.count += 1
    for (let part = 0; part < 3; part++) bin.sum[part] += rgba[at + part]
    bins.set(key, bin)
  }
  return bins
}

function nearest(palette: readonly (readonly number[])[], { count, sum }: Bin): number {
  const distances = palette.map((color) =>
    color.reduce((total, part, i) => total + (part - sum[i] / count) ** 2, 0),
  )
  return distances.indexOf(Math.min(...distances))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
