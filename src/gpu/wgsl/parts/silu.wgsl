// g × sigmoid(g). Past -80 that is as good as 0; there the exponential is held, for one that overflows may be anything.
fn silu(g: f32) -> f32 {
  return g / (1.0 + exp(min(-g, 80.0)));
}
