// Where a kernel's weights lie in the file: matrices in 16-byte loads, the rest in 4-byte words.
struct Place {
  matrix: u32,
  scale: u32,
  norm: u32,
  bias: u32,
  voice: u32,
  voiceScale: u32,
  spare0: u32,
  spare1: u32,
}
