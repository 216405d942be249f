/**
 * Owns: reading, in tests, the golden files that `training/golden.py` made with the Python prototype.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../speech/fixtures/golden/', import.meta.url))

export function goldenFloats(name: string): Float32Array {
  const bytes = readFileSync(`${FOLDER}${name}.f32`)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

/** Parsed JSON; the test says what it holds. */
export function goldenJson(name: string): unknown {
  return JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8'))
}

/** One row of a task as it was trained, with the prototype's logits in `lm_TASK.f32`. */
export interface GoldenRow {
  readonly task: string
  readonly tokens: readonly number[]
  readonly time: readonly number[]
  readonly phone: readonly number[]
  readonly voice: readonly number[]
}

export const goldenRows = (): readonly GoldenRow[] => goldenJson('lm') as GoldenRow[]

/** Largest absolute difference of two arrays of the same length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i])
    if (!(difference <= largest)) largest = difference
  }
  return largest
}
