// A matrix: input (row, INPUT) -> output (row, OUTPUT). One invocation an output.
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= OUTPUT) { return; }
  let row = place.matrix + id.x * (INPUT / 16u);
  let x = id.y * (INPUT / 4u);
  var sums = vec4<f32>();
  for (var load = 0u; load < INPUT / 16u; load++) {
    let words = weights[row + load];
    let at = x + load * 4u;
    sums += unpack4(words.x) * input[at] + unpack4(words.y) * input[at + 1u];
    sums += unpack4(words.z) * input[at + 2u] + unpack4(words.w) * input[at + 3u];
  }
  let sum = (sums.x + sums.y) + (sums.z + sums.w);
  output[id.y * OUTPUT + id.x] = sum * weightFloat(place.scale + id.x);
}
