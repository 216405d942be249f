// Packs a row's keys and values as float16 behind its stream's others: qkv (row, query/key/value, DIM) -> cache (slot,
// position, key/value, DIM / 2). One invocation a word.
@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read> qkv: array<f32>;
@group(0) @binding(2) var<storage, read_write> cache: array<u32>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = rows[id.y];
  if (id.x >= DIM || row.flags == 0u) { return; }
  let at = id.y * 3u * DIM + DIM + id.x * 2u;
  cache[(row.base + row.position) * DIM + id.x] = pack2x16float(vec2<f32>(qkv[at], qkv[at + 1u]));
}
