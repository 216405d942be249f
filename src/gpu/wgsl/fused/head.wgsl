// The last RMS norm and the logits of the rows that want them. One workgroup: GROUP / LANES tokens for a tile of rows.
// input (row, DIM) -> logits (slot, VOCABULARY).
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> rows: array<Row>;
@group(0) @binding(3) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> logits: array<f32>;

const INPUT = DIM;

fn tileWantsLogits(firstRow: u32) -> bool {
  for (var t = 0u; t < TILE; t++) {
    if ((rows[firstRow + t].flags & ROW_WANTS_LOGITS) != 0u) { return true; }
  }
  return false;
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let firstRow = group.y * TILE;
  if (!tileWantsLogits(firstRow)) { return; }
  let scale = stageNormed(firstRow, place.norm, index);
  let token = group.x * (GROUP / LANES) + index / LANES;
  // Past the last the last is computed again, so that all invocations meet at the barriers.
  let output = min(token, VOCABULARY - 1u);
  let sum = rowTimesStaged(place.matrix, output, index) * scale * weightFloat(place.scale + output);
  for (var t = index % LANES; t < TILE; t += LANES) {
    let row = rows[firstRow + t];
    if (token < VOCABULARY && (row.flags & ROW_WANTS_LOGITS) != 0u) {
      logits[row.slot * VOCABULARY + token] = tileAt(sum, t);
    }
  }
}
