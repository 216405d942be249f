// One token on its way through the layers. A row whose flags are 0 is not there.
struct Row {
  slot: u32,      // the stream's place
  base: u32,      // where the stream's cache begins, in positions
  position: u32,  // tokens of the stream before this one
  token: u32,
  time: u32,
  phone: u32,
  flags: u32,
  spare: u32,
}

const ROW_LIVE = 1u;
const ROW_WANTS_LOGITS = 2u;
