// LANES neighbours (1 or 4) share one output; their sum within a quad, in the order of the workgroup's version.
fn sumOfLanes(part: Tile, index: u32) -> Tile {
  if (LANES == 1u) { return part; }
  let pair = part + quadSwapX(part);
  return pair + quadSwapY(pair);
}
