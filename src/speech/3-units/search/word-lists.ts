/**
 * Owns: reading the packed lists of numbers that a word model is made of: bytes one after the other, never past their end.
 */

/** Sorted numbers of many owners, end to end. */
export interface Lists {
  /** (owners + 1): an owner's numbers lie from its start to the next one's. */
  readonly starts: Uint32Array
  readonly values: Uint32Array
}

export interface ListReader {
  take(count: number): Uint8Array
  uint32(): number
  /** How many numbers each owner has, then the numbers, as differences within their list. */
  lists(owners: number, count: number): Lists
  /** Nothing may be left. */
  end(): void
}

/** @param damaged makes the error of a file that is not what it says */
export function createListReader(bytes: Uint8Array, damaged: (detail: string) => Error): ListReader {
  let at = 0
  function skip(count: number): number {
    if (at + count > bytes.length) throw damaged('too short')
    at += count
    return at - count
  }
  /** LEB128: seven bits a byte, the lowest first. */
  function varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[skip(1)]
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const take = (count: number) => bytes.subarray(skip(count), at)
  return {
    take,
    uint32() {
      const [a, b, c, d] = take(4)
      return a + (b << 8) + (c << 16) + d * 2 ** 24
    },
    lists(owners, count) {
      const starts = new Uint32Array(owners + 1)
      for (let owner = 0; owner < owners; owner++) starts[owner + 1] = starts[owner] + varint()
      if (starts[owners] !== count) throw damaged('lists')
      const values = new Uint32Array(count)
      for (let owner = 0; owner < owners; owner++) {
        let value = 0
        for (let i = starts[owner]; i < starts[owner + 1]; i++) {
          value += varint()
          values[i] = value
        }
      }
      return { starts, values }
    },
    end() {
      if (at !== bytes.length) throw damaged('too long')
    },
  }
}
