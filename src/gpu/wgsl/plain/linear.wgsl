// A matrix: input (row, INPUT) -> output (row, OUTPUT). One invocation an output.
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= OUTPUT) { return; }
  var sum = 0.0;
  for (var load = 0u; load < INPUT / 16u; load++) {
    let words = weights[place.matrix + id.x * (INPUT / 16u) + load];
    for (var i = 0u; i < 4u; i++) {
      sum += dot(unpack4(words[i]), input[id.y * (INPUT / 4u) + load * 4u + i]);
    }
  }
  output[id.y * OUTPUT + id.x] = sum * weightFloat(place.scale + id.x);
}
