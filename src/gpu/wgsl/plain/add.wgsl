// The residual: stream (row, DIM) += input (row, DIM). One invocation a value.
@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read_write> stream: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= DIM) { return; }
  stream[id.y * DIM + id.x] += input[id.y * DIM + id.x];
}
