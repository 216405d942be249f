/**
 * Owns: a take's tokens in few bytes. Units have as many bits as the largest of them needs (10 for 1,024 codes), durations
 * one byte below 128 frames:
 *
 *     bits a unit (1 byte) | units (varint) | units, least significant bit first | phones (varint) | durations (varints)
 *
 * Deflate on top would save 3 % of a real take, less than its call is worth.
 */
import type { TakeTokens } from '../takes/take'
import { LINK_LIMITS } from './state'

const MAX_BITS = 16
const MAX_VARINT_BYTES = 4

export function takeToBytes({ units, durationsFrames }: TakeTokens): Uint8Array<ArrayBuffer> {
  const bits = Math.max(1, 32 - Math.clz32(units.reduce((most, unit) => Math.max(most, unit), 0)))
  const bytes = [bits, ...toVarint(units.length)]
  let word = 0
  let filled = 0
  for (const unit of units) {
    word |= unit << filled
    filled += bits
    for (; filled >= 8; filled -= 8) {
      bytes.push(word & 255)
      word >>>= 8
    }
  }
  if (filled > 0) bytes.push(word & 255)
  bytes.push(...toVarint(durationsFrames.length))
  for (const frames of durationsFrames) bytes.push(...toVarint(frames))
  return Uint8Array.from(bytes)
}

/** undefined where the bytes are no take: each phone has a frame, and all frames together are the units. */
export function bytesToTake(bytes: Uint8Array): TakeTokens | undefined {
  let at = 1
  function varint(): number | undefined {
    let value = 0
    for (let i = 0; i < MAX_VARINT_BYTES && at < bytes.length; i++) {
      const byte = bytes[at++]
      value |= (byte & 127) << (7 * i)
      if (byte < 128) return value
    }
    return undefined
  }
  const bits = bytes[0] ?? 0
  if (bits < 1 || bits > MAX_BITS) return undefined
  const unitCount = varint()
  if (unitCount === undefined || unitCount > LINK_LIMITS.units) return undefined
  const unitBytes = Math.ceil((unitCount * bits) / 8)
  if (at + unitBytes > bytes.length) return undefined
  const units = unpackUnits(bytes.subarray(at, at + unitBytes), unitCount, bits)
  at += unitBytes
  const phones = varint()
  if (phones === undefined || phones > bytes.length - at) return undefined
  const durationsFrames: number[] = []
  let frames = 0
  for (let i = 0; i < phones; i++) {
    const duration = varint()
    if (duration === undefined || duration < 1) return undefined
    durationsFrames.push(duration)
    frames += duration
  }
  return at === bytes.length && frames === unitCount ? { units, durationsFrames } : undefined
}

function unpackUnits(bytes: Uint8Array, count: number, bits: number): number[] {
  let word = 0
  let filled = 0
  let at = 0
  return Array.from({ length: count }, () => {
    for (; filled < bits; filled += 8) word |= bytes[at++] << filled
    const unit = word & ((1 << bits) - 1)
    word >>>= bits
    filled -= bits
    return unit
  })
}

function toVarint(value: number): number[] {
  const bytes = []
  let rest = value
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  return [...bytes, rest]
}
