// What the lanes add up when there is no matrix.
alias Tile = f32;
