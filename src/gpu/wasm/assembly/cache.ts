/**
 * Owns: the cache of keys and values: where they lie in a page, and how a row is written. A page holds 16 positions of
 * all layers; for each layer keys (head, position, dim) int16, values alike, then the scales of the keys
 * (head, position) float32, and those of the values. Streams list their pages, so that they share and leave them.
 *
 * A position costs 10.6 kB. What narrower caches do to the logits (rms over a spoken row; float32 caches: 0):
 *   int16 0.00004 (kept)   12 bits 0.0007   10 bits 0.003   int8 0.011, which turns about one greedy token in a hundred
 */
import { Model } from './model'
import { quantise } from './quantise'

export const PAGE_POSITIONS = 16

/** Bytes of one layer's keys or values. */
// @ts-ignore: decorator
@inline
export function planeBytes(model: Model): usize {
  return <usize>(model.heads * PAGE_POSITIONS * model.headDim) << 1
}

// @ts-ignore: decorator
@inline
function scaleBytes(model: Model): usize {
  return <usize>(model.heads * PAGE_POSITIONS) << 2
}

// @ts-ignore: decorator
@inline
export function layerBytes(model: Model): usize {
  return (planeBytes(model) + scaleBytes(model)) << 1
}

// @ts-ignore: decorator
@inline
export function pageBytes(model: Model): usize {
  return layerBytes(model) * <usize>model.layers
}

/** The layer's part of the page; its keys begin here. */
// @ts-ignore: decorator
@inline
export function keysAt(model: Model, pages: usize, page: i32, layer: i32): usize {
  return load<usize>(pages + (<usize>page << 2)) + <usize>layer * layerBytes(model)
}

// @ts-ignore: decorator
@inline
export function keyScales(model: Model, keys: usize): usize {
  return keys + (planeBytes(model) << 1)
}

// @ts-ignore: decorator
@inline
export function valueScales(model: Model, keys: usize): usize {
  return keyScales(model, keys) + scaleBytes(model)
}

/** Writes the keys and values (head, dim) float32 of one position. */
export function append(model: Model, layer: i32, pages: usize, position: i32, k: usize, v: usize): void {
  const keys = keysAt(model, pages, position / PAGE_POSITIONS, layer)
  const values = keys + planeBytes(model)
  const scalesOfKeys = keyScales(model, keys)
  const scalesOfValues = valueScales(model, keys)
  const headDim = model.headDim
  const slot = position % PAGE_POSITIONS
  for (let head = 0; head < model.heads; head++) {
    const at = head * PAGE_POSITIONS + slot
    const from = <usize>(head * headDim) << 2
    const to = <usize>(at * headDim) << 1
    store<f32>(scalesOfKeys + (<usize>at << 2), quantise(k + from, headDim, keys + to))
    store<f32>(scalesOfValues + (<usize>at << 2), quantise(v + from, headDim, values + to))
  }
}
