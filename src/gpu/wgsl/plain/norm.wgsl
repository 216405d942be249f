// RMS norm of each row: input (row, DIM) -> output (row, DIM). One invocation a row.
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> input: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3<u32>) {
  let row = group.x * DIM;
  var squares = 0.0;
  for (var k = 0u; k < DIM; k++) { squares += input[row + k] * input[row + k]; }
  let scale = inverseSqrt(squares / f32(DIM) + EPSILON);
  for (var k = 0u; k < DIM; k++) { output[row + k] = input[row + k] * scale * weightFloat(place.norm + k); }
}
