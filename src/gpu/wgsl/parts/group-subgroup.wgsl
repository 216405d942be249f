// Sum, maximum and minimum over a whole workgroup of GROUP: within each subgroup, then over the subgroups through
// workgroup memory. The subgroup's size is found at run time; invocations are numbered subgroup by subgroup (probed).
var<workgroup> groupVectors: array<vec4<f32>, GROUP>;
var<workgroup> groupFloats: array<f32, GROUP>;
var<workgroup> groupIds: array<u32, GROUP>;

fn groupSum(value: vec4<f32>, index: u32) -> vec4<f32> {
  let size = subgroupAdd(1u);
  let part = subgroupAdd(value);
  if (index % size == 0u) { groupVectors[index / size] = part; }
  workgroupBarrier();
  var total = groupVectors[0];
  for (var i = 1u; i < GROUP / size; i++) { total += groupVectors[i]; }
  workgroupBarrier();
  return total;
}

fn groupMax(value: f32, index: u32) -> f32 {
  let size = subgroupAdd(1u);
  let part = subgroupMax(value);
  if (index % size == 0u) { groupFloats[index / size] = part; }
  workgroupBarrier();
  var most = groupFloats[0];
  for (var i = 1u; i < GROUP / size; i++) { most = max(most, groupFloats[i]); }
  workgroupBarrier();
  return most;
}

fn groupMin(value: u32, index: u32) -> u32 {
  let size = subgroupAdd(1u);
  let part = subgroupMin(value);
  if (index % size == 0u) { groupIds[index / size] = part; }
  workgroupBarrier();
  var least = groupIds[0];
  for (var i = 1u; i < GROUP / size; i++) { least = min(least, groupIds[i]); }
  workgroupBarrier();
  return least;
}
