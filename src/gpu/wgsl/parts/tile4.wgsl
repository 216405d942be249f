// A tile of four rows: kernels that multiply matrices work on TILE rows at once, one value of each in a Tile. `input` is
// (row, INPUT / 4). The rows are staged in workgroup memory side by side.
const TILE = 4u;
alias Tile = vec4<f32>;

var<workgroup> staged: array<Tile, INPUT>;

fn tileAt(tile: Tile, t: u32) -> f32 { return tile[t]; }

// Stages the tile; returns this invocation's share of each row's sum of squares.
fn stagePart(firstRow: u32, index: u32) -> Tile {
  var squares = Tile();
  for (var k = index; k < INPUT / 4u; k += GROUP) {
    let at = firstRow * (INPUT / 4u) + k;
    let x = transpose(mat4x4<f32>(
      input[at], input[at + INPUT / 4u], input[at + 2u * (INPUT / 4u)], input[at + 3u * (INPUT / 4u)],
    ));
    staged[4u * k] = x[0];
    staged[4u * k + 1u] = x[1];
    staged[4u * k + 2u] = x[2];
    staged[4u * k + 3u] = x[3];
    squares += (x[0] * x[0] + x[1] * x[1]) + (x[2] * x[2] + x[3] * x[3]);
  }
  return squares;
}

// Multiplies what this invocation staged by the norm's weights, at `norm` in words.
fn weighStaged(norm: u32, index: u32) {
  for (var k = index; k < INPUT / 4u; k += GROUP) {
    let w = weightFloat4(norm + 4u * k);
    staged[4u * k] *= w.x;
    staged[4u * k + 1u] *= w.y;
    staged[4u * k + 2u] *= w.z;
    staged[4u * k + 3u] *= w.w;
  }
}

// Four weights times values 4 k … 4 k + 3 of each row.
fn fourTimesStaged(word: u32, k: u32) -> Tile {
  let w = unpack4(word);
  let at = 4u * k;
  return (w.x * staged[at] + w.y * staged[at + 1u]) + (w.z * staged[at + 2u] + w.w * staged[at + 3u]);
}
