// Sixteen neighbouring inputs, from `at` in loads: all four invocations of a quad want the same, so each reads four and
// passes them on.
fn sixteenInputs(at: u32, index: u32) -> mat4x4<f32> {
  let four = input[at + (index & 3u)];
  return mat4x4<f32>(quadBroadcast(four, 0u), quadBroadcast(four, 1u), quadBroadcast(four, 2u), quadBroadcast(four, 3u));
}
