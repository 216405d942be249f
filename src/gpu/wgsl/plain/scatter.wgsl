// A row's logits to its stream's place, where they are wanted: input (row, VOCABULARY) -> logits (slot, VOCABULARY). One
// invocation a token.
@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> logits: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = rows[id.y];
  if (id.x >= VOCABULARY || (row.flags & ROW_WANTS_LOGITS) == 0u) { return; }
  logits[row.slot * VOCABULARY + id.x] = input[id.y * VOCABULARY + id.x];
}
