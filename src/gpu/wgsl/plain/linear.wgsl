// A matrix: input (row, INPUT) -> output (row, OUTPUT). One invocation two neighbouring outputs of TILE rows: a weight is
// unpacked once for all of them, and what is read of the input serves both.
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

fn sixteenWeights(at: u32) -> mat4x4<f32> {
  let words = weights[at];
  return mat4x4<f32>(unpack4(words.x), unpack4(words.y), unpack4(words.z), unpack4(words.w));
}

fn sumOfProducts(w: mat4x4<f32>, x: mat4x4<f32>) -> f32 {
  return (dot(w[0], x[0]) + dot(w[1], x[1])) + (dot(w[2], x[2]) + dot(w[3], x[3]));
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  // Past the last two they are computed again, so that all invocations pass on what they read.
  let first = min(id.x * 2u, OUTPUT - 2u);
  let a = place.matrix + first * (INPUT / 16u);
  let b = a + INPUT / 16u;
  let firstRow = id.y * TILE;
  var sums: array<vec2<f32>, TILE>;
  for (var load = 0u; load < INPUT / 16u; load++) {
    let weightsA = sixteenWeights(a + load);
    let weightsB = sixteenWeights(b + load);
    for (var t = 0u; t < TILE; t++) {
      let x = sixteenInputs((firstRow + t) * (INPUT / 4u) + load * 4u, index);
      sums[t] += vec2<f32>(sumOfProducts(weightsA, x), sumOfProducts(weightsB, x));
    }
  }
  let scales = vec2<f32>(weightFloat(place.scale + first), weightFloat(place.scale + first + 1u));
  for (var t = 0u; t < TILE; t++) {
    let scaled = sums[t] * scales;
    let at = (firstRow + t) * OUTPUT + first;
    output[at] = scaled.x;
    output[at + 1u] = scaled.y;
  }
}
