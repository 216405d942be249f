/**
 * Owns: what the module exports: the model's passes for the engine, single kernels for their tests.
 */
import { pageBytes as bytesOfPage, PAGE_POSITIONS } from './cache'
import { MAX_POSITIONS, MAX_ROWS } from './lm'
import { Model } from './model'

export { cosinesAt, layOut, logitsAt, readOut, rowsAt, run, sinesAt } from './lm'
export { append } from './cache'
export { attend } from './attention'
export { matmul, pack } from './matmul'
export { quantiseGroups } from './quantise'
export { rmsNorm } from './norm'
export { rotate } from './rotary'
export { swiGlu } from './swiglu'

/** The first address that the module itself does not use. */
export function heapBase(): usize {
  return __heap_base
}
export function maxRows(): i32 {
  return MAX_ROWS
}
export function maxPositions(): i32 {
  return MAX_POSITIONS
}
export function pagePositions(): i32 {
  return PAGE_POSITIONS
}
export function pageBytes(model: Model): usize {
  return bytesOfPage(model)
}
