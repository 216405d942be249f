// Philox4x32-10, and a word as a number in (0, 1): bit for bit as in src/speech/3-units/philox.ts.
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let middle = aHigh * bLow + ((aLow * bLow) >> 16u);
  let carry = aLow * bHigh + (middle & 0xffffu);
  return aHigh * bHigh + (middle >> 16u) + (carry >> 16u);
}

fn philox4x32(counter: vec4<u32>, seedKey: vec2<u32>) -> vec4<u32> {
  var c = counter;
  var key = seedKey;
  for (var round = 0u; round < 10u; round++) {
    let high0 = multiplyHigh(0xd2511f53u, c.x);
    let high1 = multiplyHigh(0xcd9e8d57u, c.z);
    c = vec4<u32>(high1 ^ c.y ^ key.x, 0xcd9e8d57u * c.z, high0 ^ c.w ^ key.y, 0xd2511f53u * c.x);
    key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}

fn uniformOpen(word: u32) -> f32 {
  return (f32(word >> 9u) + 0.5) / 8388608.0;
}

// ln x for x > 0 to about 1e-7 of itself, also next to 1, where the built-in logarithm may be off by 5e-7 outright:
// x = m 2^e, ln m by the series of atanh((m - 1) / (m + 1)), m in [sqrt(1/2), sqrt 2).
fn preciseLog(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  let isUpper = (bits & 0x7fffffu) >= 0x3504f3u;
  let exponent = f32(i32(bits >> 23u) - 127 + select(0, 1, isUpper));
  let m = bitcast<f32>((bits & 0x7fffffu) | select(0x3f800000u, 0x3f000000u, isUpper));
  let s = (m - 1.0) / (m + 1.0);
  let z = s * s;
  let series = 1.0 + z * (1.0 / 3.0 + z * (0.2 + z * (1.0 / 7.0 + z * (1.0 / 9.0 + z / 11.0))));
  return exponent * 0.6931471805599453 + 2.0 * s * series;
}

// A standard Gumbel number of a word of noise.
fn gumbel(word: u32) -> f32 {
  return -preciseLog(-preciseLog(uniformOpen(word)));
}
