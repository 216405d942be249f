// Softmax in place over each row's positions: scores (row, head, position). One invocation a row and head.
@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;

@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3<u32>) {
  let row = rows[group.x / (DIM / HEAD_DIM)];
  if (row.flags == 0u) { return; }
  let at = group.x * CAPACITY;
  var most = scores[at];
  for (var i = 1u; i <= row.position; i++) { most = max(most, scores[at + i]); }
  var sum = 0.0;
  for (var i = 0u; i <= row.position; i++) {
    scores[at + i] = exp(scores[at + i] - most);
    sum += scores[at + i];
  }
  for (var i = 0u; i <= row.position; i++) { scores[at + i] /= sum; }
}
