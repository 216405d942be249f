// Values in the shares that attention gives them: scores (row, head, position), cache -> mixed (row, head, HEAD_DIM). One
// invocation a pair of dims.
@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read> scores: array<f32>;
@group(0) @binding(2) var<storage, read> cache: array<u32>;
@group(0) @binding(3) var<storage, read_write> mixed: array<f32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = rows[id.y];
  if (id.x >= DIM / 2u || row.flags == 0u) { return; }
  let head = id.x / (HEAD_DIM / 2u);
  let shares = (id.y * (DIM / HEAD_DIM) + head) * CAPACITY;
  var sum = vec2<f32>();
  for (var i = 0u; i <= row.position; i++) {
    sum += scores[shares + i] * unpack2x16float(cache[(row.base + i) * DIM + DIM / 2u + id.x]);
  }
  mixed[id.y * DIM + 2u * id.x] = sum.x;
  mixed[id.y * DIM + 2u * id.x + 1u] = sum.y;
}
