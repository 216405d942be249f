// Many steps of a row's stream in one dispatch: its next token is drawn (parts/draw.wgsl), and taken through all layers to
// the logits of the one after. One workgroup a row, which keeps everything but the cache to itself: no other barrier would
// do. logits (slot, VOCABULARY), cache (layer, slot, position, key/value, head, HEAD_DIM / 2).
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;  // the embedding's
@group(0) @binding(2) var<uniform> places: array<Place, 4u * LAYERS + 1u>;  // (layer, qkv/out/gate/down), then the head's
@group(0) @binding(3) var<uniform> extent: Extent;
@group(0) @binding(4) var<storage, read> lists: array<u32>;
@group(0) @binding(5) var<storage, read> turns: array<vec2<f32>>;
@group(0) @binding(6) var<storage, read_write> logits: array<f32>;
@group(0) @binding(7) var<storage, read_write> rows: array<Row>;
@group(0) @binding(8) var<storage, read_write> states: array<State>;
@group(0) @binding(9) var<storage, read_write> drawn: array<Drawn>;
@group(0) @binding(10) var<storage, read_write> cache: array<u32>;

struct Extent {
  steps: u32,
  layerPositions: u32,  // of all slots in one layer
  spare0: u32,
  spare1: u32,
}

const STRETCH = 256u;
const WIDE = max(VOCABULARY, max(3u * DIM, FF));

// In `chances`: while drawing, chances; else what is wide (queries, keys and values, or the feed-forward's inside), and from
// NARROW on what a matrix of DIM inputs reads.
const NARROW = WIDE;

// The residual stream.
var<workgroup> stream: array<f32, DIM>;
var<workgroup> chances: array<f32, WIDE + DIM>;
var<workgroup> current: Row;

fn streamAt(_r: u32) -> u32 { return 0u; }

fn queryPair(at: u32) -> vec2<f32> { return vec2<f32>(chances[2u * at], chances[2u * at + 1u]); }

fn writeMixed(at: u32, pair: vec2<f32>) {
  chances[NARROW + 2u * at] = pair.x;
  chances[NARROW + 2u * at + 1u] = pair.y;
}

// Output `output` of a matrix of `inputs` columns, on the numbers from `begin` on.
fn product(matrix: Place, output: u32, inputs: u32, begin: u32) -> f32 {
  var sum = 0.0;
  for (var load = 0u; load < inputs / 16u; load++) {
    let words = weights[matrix.matrix + output * (inputs / 16u) + load];
    for (var j = 0u; j < 4u; j++) {
      let k = begin + load * 16u + j * 4u;
      sum += dot(unpack4(words[j]), vec4<f32>(chances[k], chances[k + 1u], chances[k + 2u], chances[k + 3u]));
    }
  }
  return sum * weightFloat(matrix.scale + output);
}

fn timesNarrow(matrix: Place, output: u32) -> f32 { return product(matrix, output, DIM, NARROW); }

fn timesWide(matrix: Place, output: u32) -> f32 { return product(matrix, output, FF, 0u); }

// RMS norm of the stream, times the norm's weights -> from NARROW on. An invocation reads of the stream what it wrote.
fn normStream(norm: u32, index: u32) {
  var squares = 0.0;
  for (var dim = index; dim < DIM; dim += GROUP) { squares += stream[dim] * stream[dim]; }
  let scale = inverseSqrt(groupSum(vec4<f32>(squares), index).x / f32(DIM) + EPSILON);
  for (var dim = index; dim < DIM; dim += GROUP) { chances[NARROW + dim] = stream[dim] * scale * weightFloat(norm + dim); }
  workgroupBarrier();
}

// Queries, keys and values of the row, turned; keys and values appended to the layer's cache.
fn projectQkv(matrix: Place, row: Row, index: u32) {
  for (var o = index; o < 3u * DIM; o += GROUP) { chances[o] = timesNarrow(matrix, o); }
  workgroupBarrier();
  let pairs = HEAD_DIM / 2u;
  for (var i = index; i < DIM; i += GROUP) {
    let at = (i / pairs) * HEAD_DIM + i % pairs;
    let turn = turnOf(row, i % pairs);
    let a = chances[at];
    let b = chances[at + pairs];
    chances[at] = a * turn.x - b * turn.y;
    chances[at + pairs] = b * turn.x + a * turn.y;
  }
  workgroupBarrier();
  for (var w = index; w < DIM; w += GROUP) {
    let at = DIM + 2u * w;
    cache[(row.base + row.position) * DIM + w] = pack2x16float(vec2<f32>(chances[at], chances[at + 1u]));
  }
  storageBarrier();
}

fn feedForward(gate: Place, down: Place, index: u32) {
  for (var o = index; o < FF; o += GROUP) {
    chances[o] = silu(timesNarrow(gate, o)) * timesNarrow(gate, FF + o);
  }
  workgroupBarrier();
  for (var dim = index; dim < DIM; dim += GROUP) { stream[dim] += timesWide(down, dim); }
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  for (var step = 0u; step < extent.steps; step++) {
    drawRow(group.x, index);
    if (index == 0u) { current = rows[group.x]; }
    var row = workgroupUniformLoad(&current);
    if (row.flags == 0u) { return; }
    for (var layer = 0u; layer < LAYERS; layer++) {
      normStream(places[4u * layer].norm, index);
      projectQkv(places[4u * layer], row, index);
      for (var head = 0u; head < DIM / HEAD_DIM; head++) { attend(0u, row, head, index); }
      workgroupBarrier();
      for (var dim = index; dim < DIM; dim += GROUP) { stream[dim] += timesNarrow(places[4u * layer + 1u], dim); }
      normStream(places[4u * layer + 2u].norm, index);
      feedForward(places[4u * layer + 2u], places[4u * layer + 3u], index);
      row.base += extent.layerPositions;
    }
    normStream(places[4u * LAYERS].norm, index);
    for (var id = index; id < VOCABULARY; id += GROUP) {
      logits[row.slot * VOCABULARY + id] = timesNarrow(places[4u * LAYERS], id);
    }
    storageBarrier();
  }
}
