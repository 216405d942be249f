/**
 * Owns: the records that the caller lays out in memory, field for field as `../layout.ts` writes them. All fields are
 * 32 bits; an address is in bytes.
 */

/** Sizes, and where the weights lie. Layers follow one another after it. */
@unmanaged
export class Model {
  layers: i32
  heads: i32
  headDim: i32
  dim: i32
  ff: i32
  vocabulary: i32
  /** The token whose embedding is the stream's voice. */
  voiceToken: i32
  epsilon: f32
  embedding: usize
  embeddingScale: usize
  finalNorm: usize
  head: usize
  headScale: usize
}

@unmanaged
export class Layer {
  attentionNorm: usize
  qkv: usize
  qkvScale: usize
  out: usize
  outScale: usize
  feedNorm: usize
  gateUp: usize
  gateUpScale: usize
  down: usize
  downScale: usize
}

/** One token of one stream. Rows of a stream stand in the order of their positions. */
@unmanaged
export class Row {
  token: i32
  /** Its place in the stream's cache. */
  position: i32
  /** Addresses of the stream's pages. */
  pages: usize
  /** (dim) float32: the projected voice. */
  voice: usize
}

export function layerOf(model: Model, layer: i32): Layer {
  return changetype<Layer>(changetype<usize>(model) + offsetof<Model>() + <usize>layer * offsetof<Layer>())
}
