// Attention of one head for one row over positions 0 … position of its stream, in stretches of STRETCH with a running
// maximum; the whole workgroup together. cache (slot, position, key/value, head, HEAD_DIM / 2). Asks the kernel for
// queryPair(at), and gives it writeMixed(at, pair); `at` counts pairs of (row, DIM).
const WORDS = HEAD_DIM / 2u;
const SPLITS = GROUP / WORDS;

var<workgroup> shares: array<f32, STRETCH>;
var<workgroup> parts: array<vec3<f32>, GROUP>;

fn attend(r: u32, row: Row, head: u32, index: u32) {
  let out = (r * DIM + head * HEAD_DIM) / 2u;
  let keys = row.base * DIM + head * WORDS;
  let values = keys + DIM / 2u;
  let length = row.position + 1u;
  let scale = inverseSqrt(f32(HEAD_DIM));
  let word = index % WORDS;
  var most = -1e30;
  // This invocation's part: two dims mixed over its positions, and the sum of their shares.
  var mix = vec3<f32>();
  for (var first = 0u; first < length; first += STRETCH) {
    let count = min(STRETCH, length - first);
    var stretchMost = most;
    for (var i = index; i < count; i += GROUP) {
      let at = keys + (first + i) * DIM;
      var score = 0.0;
      for (var w = 0u; w < WORDS; w++) { score += dot(queryPair(out + w), unpack2x16float(cache[at + w])); }
      shares[i] = score * scale;
      stretchMost = max(stretchMost, score * scale);
    }
    let newMost = groupMax(stretchMost, index);
    for (var i = index; i < count; i += GROUP) { shares[i] = exp(shares[i] - newMost); }
    workgroupBarrier();
    mix *= exp(most - newMost);
    for (var i = index / WORDS; i < count; i += SPLITS) {
      mix += shares[i] * vec3<f32>(unpack2x16float(cache[values + (first + i) * DIM + word]), 1.0);
    }
    most = newMost;
    workgroupBarrier();
  }

  parts[index] = mix;
  workgroupBarrier();
  if (index >= WORDS) { return; }
  var whole = parts[index];
  for (var s = 1u; s < SPLITS; s++) { whole += parts[s * WORDS + index]; }
  writeMixed(out + index, whole.xy / whole.z);
}
