// Attention of each head for each row over its stream's cache (parts/attention.wgsl). One workgroup a head and row.
// queries (row, DIM), cache -> mixed (row, DIM).
@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read> queries: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> cache: array<u32>;
@group(0) @binding(3) var<storage, read_write> mixed: array<vec2<f32>>;

const STRETCH = 1024u;

fn queryPair(at: u32) -> vec2<f32> { return queries[at]; }

fn writeMixed(at: u32, pair: vec2<f32>) { mixed[at] = pair; }

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let row = rows[group.y];
  if (row.flags == 0u) { return; }
  attend(group.y, row, group.x, index);
}
