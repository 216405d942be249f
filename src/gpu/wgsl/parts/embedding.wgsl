// One number of a token's embedding.
fn embedding(token: u32, dim: u32) -> f32 {
  let at = token * DIM + dim;
  let four = unpack4(weights[place.matrix + at / 16u][(at / 4u) % 4u]);
  return four[at % 4u] * weightFloat(place.scale + token);
}
