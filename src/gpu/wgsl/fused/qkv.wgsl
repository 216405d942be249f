// RMS norm, queries, keys and values, rotation, append to the cache. One workgroup: GROUP / LANES outputs of one head, half
// of them neighbours and the others their rotation partners, HEAD_DIM / 2 further on, for a tile of rows. input (row, DIM)
// -> queries (row, DIM), cache (slot, position, key/value, head, HEAD_DIM / 2).
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> turns: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read> rows: array<Row>;
@group(0) @binding(4) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> queries: array<f32>;
@group(0) @binding(6) var<storage, read_write> cache: array<u32>;

const INPUT = DIM;
const HALF = HEAD_DIM / 2u;
const OUTPUTS = GROUP / LANES;
const PAIRS = OUTPUTS / 2u;
const PARTS_PER_HEAD = HEAD_DIM / OUTPUTS;

var<workgroup> outputs: array<Tile, OUTPUTS>;

// Output `o`, turned where it is a query or a key.
fn finished(o: u32, t: u32, pair: u32, kind: u32, row: Row) -> f32 {
  let value = tileAt(outputs[o], t);
  if (kind == 2u) { return value; }
  let partner = tileAt(outputs[o ^ PAIRS], t);
  let turn = turnOf(row, pair);
  return value * turn.x + select(partner, -partner, o < PAIRS) * turn.y;
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let firstRow = group.y * TILE;
  if (tileIsDead(firstRow)) { return; }
  let scale = stageNormed(firstRow, place.norm, index);

  let kind = group.x / (DIM / OUTPUTS);
  let head = (group.x / PARTS_PER_HEAD) % (DIM / HEAD_DIM);
  let firstPair = (group.x % PARTS_PER_HEAD) * PAIRS;
  let o = index / LANES;
  let dim = head * HEAD_DIM + firstPair + o % PAIRS + select(0u, HALF, o >= PAIRS);
  let output = kind * DIM + dim;
  let sum = rowTimesStaged(place.matrix, output, index);
  if (index % LANES == 0u) { outputs[o] = sum * scale * weightFloat(place.scale + output); }
  workgroupBarrier();

  // Two neighbouring outputs of one row to an invocation, so that they can be packed.
  for (var i = index; i < TILE * PAIRS; i += GROUP) {
    let t = i / PAIRS;
    let row = rows[firstRow + t];
    if (row.flags == 0u) { continue; }
    let even = (i % PAIRS) * 2u;
    let pair = firstPair + even % PAIRS;
    let at = head * HEAD_DIM + pair + select(0u, HALF, even >= PAIRS);
    let values = vec2<f32>(finished(even, t, pair, kind, row), finished(even + 1u, t, pair + 1u, kind, row));
    if (kind == 0u) {
      queries[(firstRow + t) * DIM + at] = values.x;
      queries[(firstRow + t) * DIM + at + 1u] = values.y;
    } else {
      cache[(row.base + row.position) * DIM + (kind - 1u) * (DIM / 2u) + at / 2u] = pack2x16float(values);
    }
  }
}
