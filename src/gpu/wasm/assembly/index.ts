/**
 * Owns: what the module exports: the model's passes for the engine, single kernels for their tests.
 */
import { MAX_DIM } from './attention'
import { HEAD_DIM_STEP } from './attention-page'
import { MAX_HEAD_DIM, pageBytes as bytesOfPage, PAGE_POSITIONS } from './cache'
import { DOWN_GROUP, MAX_POSITIONS, MAX_ROWS } from './lm'
import { BLOCK_ROWS, MAX_COLUMNS, MAX_GROUP } from './matmul'
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
/** Rows of a matrix are a whole number of these. */
export function rowStep(): i32 {
  return BLOCK_ROWS
}
export function maxColumns(): i32 {
  return MAX_COLUMNS
}
/** Columns of x that may share a scale. */
export function maxGroup(): i32 {
  return MAX_GROUP
}
/** Columns that share a scale in the input of the last projection. */
export function downGroup(): i32 {
  return DOWN_GROUP
}
/** Of all heads together, whose rows share a scale. */
export function maxDim(): i32 {
  return min(MAX_DIM, MAX_GROUP)
}
export function headDimStep(): i32 {
  return HEAD_DIM_STEP
}
export function maxHeadDim(): i32 {
  return MAX_HEAD_DIM
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
