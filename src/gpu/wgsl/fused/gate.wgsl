// RMS norm, both halves of the feed-forward's first matrix, and silu(gate) × up. One workgroup: GROUP / LANES outputs for a tile of
// rows. input (row, DIM) -> inner (row, FF).
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> rows: array<Row>;
@group(0) @binding(3) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> inner: array<f32>;

const INPUT = DIM;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let firstRow = group.y * TILE;
  if (tileIsDead(firstRow)) { return; }
  let scale = stageNormed(firstRow, place.norm, index);
  let output = group.x * (GROUP / LANES) + index / LANES;
  // Past the last the last is computed again, so that all invocations meet at the barriers.
  let row = min(output, FF - 1u);
  let gate = rowTimesStaged(place.matrix, row, index) * scale * weightFloat(place.scale + row);
  let up = rowTimesStaged(place.matrix, FF + row, index) * scale * weightFloat(place.scale + FF + row);
  if (output >= FF) { return; }
  for (var t = index % LANES; t < TILE; t += LANES) {
    inner[(firstRow + t) * FF + output] = silu(tileAt(gate, t)) * tileAt(up, t);
  }
}
