// Sum, maximum and minimum over a whole workgroup of GROUP (a multiple of 16): 16 invocations add up what each left in
// workgroup memory, then everybody adds up those 16.
const GROUP_PARTS = 16u;
var<workgroup> groupVectors: array<vec4<f32>, GROUP>;
var<workgroup> groupFloats: array<f32, GROUP>;
var<workgroup> groupIds: array<u32, GROUP>;

fn groupSum(value: vec4<f32>, index: u32) -> vec4<f32> {
  groupVectors[index] = value;
  workgroupBarrier();
  if (index < GROUP_PARTS) {
    var part = groupVectors[index];
    for (var i = index + GROUP_PARTS; i < GROUP; i += GROUP_PARTS) { part = part + groupVectors[i]; }
    groupVectors[index] = part;
  }
  workgroupBarrier();
  var whole = groupVectors[0];
  for (var i = 1u; i < GROUP_PARTS; i++) { whole = whole + groupVectors[i]; }
  workgroupBarrier();
  return whole;
}

fn groupMax(value: f32, index: u32) -> f32 {
  groupFloats[index] = value;
  workgroupBarrier();
  if (index < GROUP_PARTS) {
    var part = groupFloats[index];
    for (var i = index + GROUP_PARTS; i < GROUP; i += GROUP_PARTS) { part = max(part, groupFloats[i]); }
    groupFloats[index] = part;
  }
  workgroupBarrier();
  var whole = groupFloats[0];
  for (var i = 1u; i < GROUP_PARTS; i++) { whole = max(whole, groupFloats[i]); }
  workgroupBarrier();
  return whole;
}

fn groupMin(value: u32, index: u32) -> u32 {
  groupIds[index] = value;
  workgroupBarrier();
  if (index < GROUP_PARTS) {
    var part = groupIds[index];
    for (var i = index + GROUP_PARTS; i < GROUP; i += GROUP_PARTS) { part = min(part, groupIds[i]); }
    groupIds[index] = part;
  }
  workgroupBarrier();
  var whole = groupIds[0];
  for (var i = 1u; i < GROUP_PARTS; i++) { whole = min(whole, groupIds[i]); }
  workgroupBarrier();
  return whole;
}
