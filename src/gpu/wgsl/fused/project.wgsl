// A matrix and the residual: stream += matrix × input. One workgroup: GROUP / LANES outputs for a tile of rows.
// input (row, INPUT) -> stream (row, DIM).
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> rows: array<Row>;
@group(0) @binding(3) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> stream: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let firstRow = group.y * TILE;
  if (tileIsDead(firstRow)) { return; }
  stage(firstRow, index);
  let output = group.x * (GROUP / LANES) + index / LANES;
  let sum = rowTimesStaged(place.matrix, output, index) * weightFloat(place.scale + output);
  for (var t = index % LANES; t < TILE; t += LANES) {
    stream[(firstRow + t) * DIM + output] += tileAt(sum, t);
  }
}
