// Every invocation's own number added up in its quad, over the workgroup, its maximum and its minimum.
@group(0) @binding(0) var<storage, read_write> found: array<vec4<f32>>;

@compute @workgroup_size(GROUP)
fn main(@builtin(local_invocation_index) index: u32) {
  let quad = sumOfLanes(f32(index), index);
  let sum = groupSum(vec4<f32>(f32(index)), index);
  found[index] = vec4<f32>(quad, sum.x, groupMax(f32(index), index), f32(groupMin(index, index)));
}
