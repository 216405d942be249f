// Sixteen neighbouring inputs, from `at` in loads; where neighbours can't pass them on, everyone reads them all.
fn sixteenInputs(at: u32, _index: u32) -> mat4x4<f32> {
  return mat4x4<f32>(input[at], input[at + 1u], input[at + 2u], input[at + 3u]);
}
