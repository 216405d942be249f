/**
 * Owns: damaged copies of a file, from seeds, for tests: cut off, bits turned, stretches lost, doubled or overwritten,
 * numbers of the header made absurd.
 */
type Random = () => number

const pick = (random: Random, below: number) => Math.floor(random() * below)
/** Numbers at which readers trip. */
const ODD_NUMBERS = [0, 1, 2, 3, 7, 255, 256, 65_535, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]
const HEADER_BYTES = 44

const DAMAGES: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => bytes.slice(0, pick(random, bytes.length + 1)),
  (bytes, random) => bytes.slice(0, pick(random, HEADER_BYTES + 8)),
  (bytes, random) => turnBits(bytes, random, 1 + pick(random, 8), HEADER_BYTES),
  (bytes, random) => turnBits(bytes, random, 1 + pick(random, 200), bytes.length),
  (bytes, random) => {
    const damaged = bytes.slice()
    const view = new DataView(damaged.buffer)
    const at = pick(random, HEADER_BYTES - 4)
    const value = ODD_NUMBERS[pick(random, ODD_NUMBERS.length)]
    if (random() < 0.5) view.setUint32(at, value, true)
    else view.setUint16(at, value & 0xffff, true)
    return damaged
  },
  (bytes, random) => {
    const from = pick(random, bytes.length)
    const end = Math.min(bytes.length, from + 1 + pick(random, 4000))
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(end)])
  },
  (bytes, random) => {
    const from = pick(random, bytes.length)
    const piece = bytes.subarray(from, from + pick(random, 4000))
    return Uint8Array.from([...bytes.subarray(0, from), ...piece, ...bytes.subarray(from)])
  },
  (bytes, random) => {
    const from = pick(random, bytes.length)
    return bytes.slice().fill(pick(random, 256), from, from + pick(random, bytes.length))
  },
]

function turnBits(bytes: Uint8Array, random: Random, count: number, below: number): Uint8Array {
  const damaged = bytes.slice()
  for (let i = 0; i < count; i++) damaged[pick(random, below)] ^= 1 << pick(random, 8)
  return damaged
}

export function mutate(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let damaged = bytes
  for (let times = 1 + pick(random, 2); times > 0; times--) {
    if (damaged.length === 0) break
    const damage = DAMAGES[pick(random, damaged.length > HEADER_BYTES ? DAMAGES.length : 1)]
    damaged = damage(damaged, random)
  }
  return new Uint8Array(damaged)
}
