// Queries times keys: qkv (row, query/key/value, head, HEAD_DIM), cache -> scores (row, head, position), scaled. One
// invocation a position; there are CAPACITY positions, those past the row's own are left alone.
@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read> qkv: array<f32>;
@group(0) @binding(2) var<storage, read> cache: array<u32>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let heads = DIM / HEAD_DIM;
  let row = rows[id.y / heads];
  if (row.flags == 0u || id.x > row.position) { return; }
  let head = id.y % heads;
  let query = (id.y / heads) * 3u * DIM + head * HEAD_DIM;
  let key = (row.base + id.x) * DIM + head * (HEAD_DIM / 2u);
  var sum = 0.0;
  for (var w = 0u; w < HEAD_DIM / 2u; w++) {
    sum += dot(vec2<f32>(qkv[query + 2u * w], qkv[query + 2u * w + 1u]), unpack2x16float(cache[key + w]));
  }
  scores[id.y * CAPACITY + id.x] = sum * inverseSqrt(f32(HEAD_DIM));
}
