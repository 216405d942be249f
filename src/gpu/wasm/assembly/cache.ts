/**
 * Owns: the cache of keys and values: where they lie in a page, and how a row is written. A page holds 16 positions of
 * all layers, a layer its heads, and a head, one after the other: keys (position, dim) int16; values (pair of positions,
 * dim, 2) int16, so that two positions are multiplied at once; scales of the keys (position) float32; those of the values.
 * Streams list their pages, so that they share and leave them.
 *
 * A position costs 10.6 kB. What narrower caches do to the logits (rms over a spoken row; float32 caches: 0):
 *   int16 0.00004 (kept)   12 bits 0.0007   10 bits 0.003   int8 0.011, which turns about one greedy token in a hundred
 */
import { Model } from './model'
import { quantise } from './quantise'

export const PAGE_POSITIONS = 16

export const MAX_HEAD_DIM = 128
/** A head's values of one position on their way to their place among pairs. */
const straight = memory.data(MAX_HEAD_DIM * 2, 16)

/** Bytes of one head's keys, or values. */
// @ts-ignore: decorator
@inline
function planeBytes(headDim: i32): usize {
  return <usize>(PAGE_POSITIONS * headDim) << 1
}

/** Bytes of one head of a layer. */
// @ts-ignore: decorator
@inline
export function headBytes(headDim: i32): usize {
  return (planeBytes(headDim) + (<usize>PAGE_POSITIONS << 2)) << 1
}

// @ts-ignore: decorator
@inline
export function pageBytes(model: Model): usize {
  return headBytes(model.headDim) * <usize>(model.heads * model.layers)
}

/** The layer's first head in the page; its keys begin here. */
// @ts-ignore: decorator
@inline
export function keysAt(model: Model, pages: usize, page: i32, layer: i32): usize {
  return load<usize>(pages + (<usize>page << 2)) + <usize>(layer * model.heads) * headBytes(model.headDim)
}

// @ts-ignore: decorator
@inline
export function valuesOf(keys: usize, headDim: i32): usize {
  return keys + planeBytes(headDim)
}

// @ts-ignore: decorator
@inline
export function keyScalesOf(keys: usize, headDim: i32): usize {
  return keys + (planeBytes(headDim) << 1)
}

// @ts-ignore: decorator
@inline
export function valueScalesOf(keys: usize, headDim: i32): usize {
  return keyScalesOf(keys, headDim) + (<usize>PAGE_POSITIONS << 2)
}

/** Writes the keys and values (head, dim) float32 of one position. */
export function append(model: Model, layer: i32, pages: usize, position: i32, k: usize, v: usize): void {
  const headDim = model.headDim
  const row = <usize>headDim << 1
  const slot = <usize>(position % PAGE_POSITIONS)
  let keys = keysAt(model, pages, position / PAGE_POSITIONS, layer)
  for (let head = 0; head < model.heads; head++) {
    store<f32>(keyScalesOf(keys, headDim) + (slot << 2), quantise(k, headDim, keys + slot * row))
    store<f32>(valueScalesOf(keys, headDim) + (slot << 2), quantise(v, headDim, straight))
    const pair = valuesOf(keys, headDim) + (slot >> 1) * (row << 1) + ((slot & 1) << 1)
    for (let at: usize = 0; at < row; at += 2) store<i16>(pair + (at << 1), load<i16>(straight + at))
    k += row << 1
    v += row << 1
    keys += headBytes(headDim)
  }
}
