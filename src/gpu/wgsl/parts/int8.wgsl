// Reading the weights file as it lies: 16 int8 to a vec4<u32>, float32 as bits. Offsets are in the units named.

fn unpack4(word: u32) -> vec4<f32> {
  return vec4<f32>(vec4<i32>(vec4<u32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u));
}

// A float32 of the file; `at` counts 4-byte words.
fn weightFloat(at: u32) -> f32 {
  return bitcast<f32>(weights[at / 4u][at % 4u]);
}

// Four of them; `at` is a multiple of 4 words.
fn weightFloat4(at: u32) -> vec4<f32> {
  return bitcast<vec4<f32>>(weights[at / 4u]);
}
