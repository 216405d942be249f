/**
 * Owns: one pass of the language model over some rows: tokens of any streams, several positions of one stream among
 * them. The work space's parts are laid out here; the caller gives its address, and leaves it all that `layOut` takes.
 */
import { attend } from './attention'
import { append } from './cache'
import { matmul, MAX_X_ROWS } from './matmul'
import { layerOf, Model, Row } from './model'
import { rmsNorm } from './norm'
import { quantiseGroups } from './quantise'
import { rotate } from './rotary'
import { swiGlu } from './swiglu'

/**
 * Columns that share a scale in the input of the last projection, whose peaks are 10 to 20 times its mean. Against ONNX
 * Runtime logits err by 1.80e-4 (rms over spoken rows) with a scale for 96 columns, by 1.55e-4 with one for 32, at 2 % of
 * a step's time; scales for every 32 columns of the other products too would bring 1.34e-4 and cost 12 %. Greedy speech
 * comes as near as 4e-5 to a tie.
 */
export const DOWN_GROUP = 32

/** Rows of one pass; a longer prefix takes several. They are multiplied together. */
export const MAX_ROWS = MAX_X_ROWS
/** Positions of one stream. */
export const MAX_POSITIONS = 8192

/** Parts of the work space, by address. */
let rows: usize = 0
let cosines: usize = 0
let sines: usize = 0
let logits: usize = 0
let hidden: usize = 0
let wide: usize = 0
let mixed: usize = 0
let quantised: usize = 0
let scales: usize = 0

/** Lays out the work space at `at`, a multiple of 16. @returns the first address after it */
export function layOut(model: Model, at: usize): usize {
  const dim = model.dim
  const widest = max(model.ff, dim)
  rows = at
  cosines = after(rows, offsetof<Row>())
  sines = after(cosines, model.headDim << 1)
  logits = after(sines, model.headDim << 1)
  hidden = after(logits, model.vocabulary << 2)
  wide = after(hidden, dim << 2)
  mixed = after(wide, max(dim * 3, model.ff * 2) << 2)
  quantised = after(mixed, dim << 2)
  scales = after(quantised, widest << 1)
  return after(scales, (widest / DOWN_GROUP + 1) << 2)
}

// @ts-ignore: decorator
@inline
function after(part: usize, bytesPerRow: i32): usize {
  return part + <usize>(MAX_ROWS * bytesPerRow)
}

export function rowsAt(): usize {
  return rows
}
/** (row, headDim / 2) float32 each. */
export function cosinesAt(): usize {
  return cosines
}
export function sinesAt(): usize {
  return sines
}
/** (row, vocabulary) float32, of those rows that were asked for, in their order. */
export function logitsAt(): usize {
  return logits
}

function embed(model: Model, row: Row, out: usize): void {
  const dim = <usize>model.dim
  if (row.token == model.voiceToken) {
    memory.copy(out, row.voice, dim << 2)
    return
  }
  const codes = model.embedding + <usize>row.token * dim
  const scale = load<f32>(model.embeddingScale + (<usize>row.token << 2))
  for (let i: usize = 0; i < dim; i++) store<f32>(out + (i << 2), <f32>load<i8>(codes + i) * scale)
}

/** One scale for each `group` of columns of each row of (count, columns). */
function quantiseRows(x: usize, columns: i32, group: i32, count: i32): void {
  const groups = columns / group
  for (let r = 0; r < count; r++) {
    const at = <usize>(r * columns)
    quantiseGroups(x + (at << 2), group, groups, quantised + (at << 1), scales + (<usize>(r * groups) << 2))
  }
}

function normRows(model: Model, weight: usize, count: i32): void {
  const dim = model.dim
  for (let r = 0; r < count; r++) {
    const at = <usize>(r * dim) << 2
    rmsNorm(hidden + at, weight, dim, model.epsilon, mixed + at)
  }
  quantiseRows(mixed, dim, dim, count)
}

/** Runs rows 0 … count - 1, which the caller has filled in, and appends them to their streams' caches. */
export function run(model: Model, count: i32): void {
  const dim = model.dim
  const ff = model.ff
  const heads = model.heads
  const headDim = model.headDim
  for (let r = 0; r < count; r++) embed(model, rowOf(r), hidden + (<usize>(r * dim) << 2))
  for (let i = 0; i < model.layers; i++) {
    const layer = layerOf(model, i)
    normRows(model, layer.attentionNorm, count)
    matmul(layer.qkv, layer.qkvScale, dim * 3, dim, quantised, scales, dim, count, wide, false)
    for (let r = 0; r < count; r++) {
      const row = rowOf(r)
      const q = wide + (<usize>(r * dim * 3) << 2)
      const k = q + (<usize>dim << 2)
      const turn = <usize>(r * headDim) << 1
      rotate(q, heads, headDim, cosines + turn, sines + turn)
      rotate(k, heads, headDim, cosines + turn, sines + turn)
      append(model, i, row.pages, row.position, k, k + (<usize>dim << 2))
    }
    for (let r = 0; r < count; r++) {
      const row = rowOf(r)
      const q = wide + (<usize>(r * dim * 3) << 2)
      attend(model, i, row.pages, row.position + 1, q, mixed + (<usize>(r * dim) << 2))
    }
    quantiseRows(mixed, dim, dim, count)
    matmul(layer.out, layer.outScale, dim, dim, quantised, scales, dim, count, hidden, true)
    normRows(model, layer.feedNorm, count)
    matmul(layer.gateUp, layer.gateUpScale, ff * 2, dim, quantised, scales, dim, count, wide, false)
    for (let r = 0; r < count; r++) {
      const gate = wide + (<usize>(r * ff) << 3)
      swiGlu(gate, gate + (<usize>ff << 2), ff, wide + (<usize>(r * ff) << 2))
    }
    quantiseRows(wide, ff, DOWN_GROUP, count)
    matmul(layer.down, layer.downScale, dim, ff, quantised, scales, DOWN_GROUP, count, hidden, true)
  }
}

/**
 * The logits of rows `first` … `first + count - 1` of the last run.
 */
export function readOut(model: Model, first: i32, count: i32, slot: i32): void {
  const dim = model.dim
  const from = <usize>(first * dim) << 2
  const to = <usize>(slot * model.vocabulary) << 2
  for (let r = 0; r < count; r++) {
    const at = from + (<usize>(r * dim) << 2)
    rmsNorm(hidden + at, model.finalNorm, dim, model.epsilon, mixed + (<usize>(r * dim) << 2))
  }
  quantiseRows(mixed, dim, dim, count)
  matmul(model.head, model.headScale, model.vocabulary, dim, quantised, scales, dim, count, logits + to, false)
}

// @ts-ignore: decorator
@inline
function rowOf(r: i32): Row {
  return changetype<Row>(rows + <usize>r * offsetof<Row>())
}
