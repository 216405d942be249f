// One step of each row's stream (parts/draw.wgsl). One workgroup a row.
// logits (slot, VOCABULARY) -> states (slot), drawn (slot, step modulo RING), rows (row), stream (row, DIM).
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> lists: array<u32>;
@group(0) @binding(3) var<storage, read> logits: array<f32>;
@group(0) @binding(4) var<storage, read_write> rows: array<Row>;
@group(0) @binding(5) var<storage, read_write> states: array<State>;
@group(0) @binding(6) var<storage, read_write> drawn: array<Drawn>;
@group(0) @binding(7) var<storage, read_write> stream: array<f32>;

var<workgroup> chances: array<f32, VOCABULARY>;

fn streamAt(r: u32) -> u32 { return r * DIM; }

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  drawRow(group.x, index);
}
