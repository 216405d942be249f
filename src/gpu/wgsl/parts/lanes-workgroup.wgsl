// LANES neighbours (1 or 4) share one output; their sum through workgroup memory. Ends with every lane knowing it.
var<workgroup> laneParts: array<Tile, GROUP>;

fn sumOfLanes(part: Tile, index: u32) -> Tile {
  if (LANES == 1u) { return part; }
  workgroupBarrier();
  laneParts[index] = part;
  workgroupBarrier();
  let first = index & ~3u;
  return (laneParts[first] + laneParts[first + 1u]) + (laneParts[first + 2u] + laneParts[first + 3u]);
}
