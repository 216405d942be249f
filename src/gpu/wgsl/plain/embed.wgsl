// A row's first numbers: its token's embedding, or in the voice slot (position 0) the projected voice vector.
// voices (slot, VOICE_DIM) -> stream (row, DIM). One workgroup a row.
@group(0) @binding(0) var<storage, read> weights: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> place: Place;
@group(0) @binding(2) var<storage, read> rows: array<Row>;
@group(0) @binding(3) var<storage, read> voices: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> stream: array<f32>;

fn projectedVoice(slot: u32, dim: u32) -> f32 {
  var sum = 0.0;
  for (var load = 0u; load < VOICE_DIM / 16u; load++) {
    let words = weights[place.voice + dim * (VOICE_DIM / 16u) + load];
    for (var i = 0u; i < 4u; i++) {
      sum += dot(unpack4(words[i]), voices[slot * (VOICE_DIM / 4u) + load * 4u + i]);
    }
  }
  return sum * weightFloat(place.voiceScale + dim) + weightFloat(place.bias + dim);
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let row = rows[group.x];
  if (row.flags == 0u) { return; }
  for (var dim = index; dim < DIM; dim += GROUP) {
    if (row.position == 0u) {
      stream[group.x * DIM + dim] = projectedVoice(row.slot, dim);
    } else {
      stream[group.x * DIM + dim] = embedding(row.token, dim);
    }
  }
}
