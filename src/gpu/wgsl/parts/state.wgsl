// Where a stream stands in its grammar (src/speech/3-units/streams); packed by state.ts. Nothing here is an address.
struct State {
  task: u32,
  step: u32,
  frames: u32,
  phones: u32,
  run: u32,
  done: u32,
  position: u32,     // tokens fed, which is also the next token's position
  failed: u32,       // 1: the logits held no usable number
  listStart: u32,    // speak: the phones with their silences; listen: the units as tokens
  listLength: u32,
  runLimit: u32,     // speak: frames of a phone; babble: frames; listen: phones in a row
  stepLimit: u32,    // say as, spell: tokens
  targetFirst: u32,  // speak, babble: units; listen, say as: phones; spell: letters
  targetEnd: u32,
  otherFirst: u32,   // listen: units
  otherEnd: u32,
  eos: u32,
  prefixLength: u32,
  take: u32,
  topK: u32,
  seed: vec2<u32>,   // low and high word
  temperature: f32,
  topP: f32,
  minP: f32,
  spare0: u32,
  spare1: u32,
  spare2: u32,
}

const SPEAK = 0u;
const LISTEN = 1u;
const BABBLE = 2u;
const TRANSCRIBE = 3u;
