// (cos, sin) of the angle of rotary pair `pair`: the first half of the pairs turn with time, the others with the phone.
fn turnOf(row: Row, pair: u32) -> vec2<f32> {
  let angles = HEAD_DIM / 4u;
  let position = select(row.phone, row.time, pair < angles);
  return turns[position * angles + pair % angles];
}
