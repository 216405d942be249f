// Turns queries and keys in place by both positions of their row: qkv (row, query/key/value, head, HEAD_DIM). One
// invocation a pair of dims.
@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read> turns: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> qkv: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  // Both queries and keys: DIM / 2 pairs each.
  if (id.x >= DIM) { return; }
  let pairs = HEAD_DIM / 2u;
  let pair = id.x % pairs;
  let at = id.y * 3u * DIM + (id.x / pairs) * HEAD_DIM + pair;
  let turn = turnOf(rows[id.y], pair);
  let a = qkv[at];
  let b = qkv[at + pairs];
  qkv[at] = a * turn.x - b * turn.y;
  qkv[at + pairs] = b * turn.x + a * turn.y;
}
