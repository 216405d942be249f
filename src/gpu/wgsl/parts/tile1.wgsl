// A tile of one row: kernels that multiply matrices work on TILE rows at once, one value of each in a Tile. `input` is
// (row, INPUT / 4). The row is staged in workgroup memory, four values to a load.
const TILE = 1u;
alias Tile = f32;

var<workgroup> staged: array<vec4<f32>, INPUT / 4u>;

fn tileAt(tile: Tile, t: u32) -> f32 { return tile; }

// Stages the tile; returns this invocation's share of each row's sum of squares.
fn stagePart(firstRow: u32, index: u32) -> Tile {
  var squares = 0.0;
  for (var k = index; k < INPUT / 4u; k += GROUP) {
    let x = input[firstRow * (INPUT / 4u) + k];
    staged[k] = x;
    squares += (x.x * x.x + x.y * x.y) + (x.z * x.z + x.w * x.w);
  }
  return squares;
}

// Multiplies what this invocation staged by the norm's weights, at `norm` in words.
fn weighStaged(norm: u32, index: u32) {
  for (var k = index; k < INPUT / 4u; k += GROUP) { staged[k] *= weightFloat4(norm + 4u * k); }
}

// Four weights times values 4 k … 4 k + 3.
fn fourTimesStaged(word: u32, k: u32) -> Tile {
  let w = unpack4(word);
  let x = staged[k];
  return (w.x * x.x + w.y * x.y) + (w.z * x.z + w.w * x.w);
}
