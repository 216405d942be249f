// The heart of every fused kernel: a tile of rows staged in workgroup memory, and int8 rows of weights times that tile.
var<workgroup> squareParts: array<Tile, GROUP>;

fn stage(firstRow: u32, index: u32) {
  _ = stagePart(firstRow, index);
  workgroupBarrier();
}

// Stages the tile times the norm's weights. Returns what every product is still to be multiplied by: one over the root
// mean square of each row. One barrier: everybody sums all parts.
fn stageNormed(firstRow: u32, norm: u32, index: u32) -> Tile {
  squareParts[index] = stagePart(firstRow, index);
  weighStaged(norm, index);
  workgroupBarrier();
  var squares = Tile();
  for (var i = 0u; i < GROUP; i++) { squares += squareParts[i]; }
  return inverseSqrt(squares / f32(INPUT) + EPSILON);
}

// Row `output` of the matrix at `matrix` (in loads) times the staged tile, before its scale. A lane sums its share.
fn rowTimesStaged(matrix: u32, output: u32, index: u32) -> Tile {
  let row = matrix + output * (INPUT / 16u);
  var sum = Tile();
  for (var i = index % LANES; i < INPUT / 16u; i += LANES) {
    let words = weights[row + i];
    for (var j = 0u; j < 4u; j++) { sum += fourTimesStaged(words[j], i * 4u + j); }
  }
  return sumOfLanes(sum, index);
}

fn tileIsDead(firstRow: u32) -> bool {
  for (var t = 0u; t < TILE; t++) {
    if (rows[firstRow + t].flags != 0u) { return false; }
  }
  return true;
}
