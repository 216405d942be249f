// The feed-forward's gate: both (row, gate/up, FF) -> inner (row, FF) = silu(gate) × up. One invocation a value.
@group(0) @binding(0) var<storage, read> both: array<f32>;
@group(0) @binding(1) var<storage, read_write> inner: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= FF) { return; }
  let gate = both[id.y * 2u * FF + id.x];
  inner[id.y * FF + id.x] = silu(gate) * both[id.y * 2u * FF + FF + id.x];
}
