// One step of one stream's grammar: which tokens are legal, which one comes, what that makes of the state; then the
// token's embedding, ready for the layers. As src/speech/3-units/streams and sampling.ts, in float32. Works on the globals
// weights, place, lists, logits, rows, states, drawn, stream, and on `chances`, where each token's chance after temperature
// stands as a part of the likeliest one's; -1: not legal, 0: cut.
const NOTHING = 0xffffffffu;
const BLOCKS = (VOCABULARY + 3u) / 4u;
const ONE_AS_BITS = 0x3f800000u;

struct Drawn {
  token: u32,
  time: u32,
  phone: u32,
  probability: f32,
  entropyNats: f32,
}

// Tokens first … end - 1 of two legal sets, the grammar's target and what else may come.
struct Legal {
  goal: vec2<u32>,
  other: vec2<u32>,
}

var<workgroup> isOver: u32;
// (is drawn by chance, top-k, uses top-p)
var<workgroup> cutting: vec3<u32>;
var<workgroup> chosen: u32;

fn legalTokens(state: State) -> Legal {
  let onlyEos = vec2<u32>(state.eos, state.eos + 1u);
  let mayContinue = state.run < state.runLimit && state.step < state.stepLimit;
  let goal = select(vec2<u32>(), vec2<u32>(state.targetFirst, state.targetEnd), mayContinue);
  switch state.task {
    case SPEAK: {
      var onward = state.eos;
      if (state.phones + 1u < state.listLength) { onward = lists[state.listStart + state.phones + 1u]; }
      return Legal(goal, select(vec2<u32>(), vec2<u32>(onward, onward + 1u), state.run > 0u));
    }
    case LISTEN: {
      return Legal(goal, select(vec2<u32>(state.otherFirst, state.otherEnd), onlyEos, state.frames >= state.listLength));
    }
    default: { return Legal(goal, onlyEos); }
  }
}

fn isWithin(range: vec2<u32>, id: u32) -> bool {
  return id >= range.x && id < range.y;
}

// The largest value of which at least `count` chances are as large; 0 where fewer are left.
fn chanceOfRank(count: u32, index: u32) -> f32 {
  var low = 0u;
  var end = ONE_AS_BITS + 1u;
  for (var i = 0u; i < 31u; i++) {
    let middle = low + (end - low) / 2u;
    var found = 0.0;
    for (var id = index; id < VOCABULARY; id += GROUP) {
      if (chances[id] > 0.0 && bitcast<u32>(chances[id]) >= middle) { found += 1.0; }
    }
    if (u32(groupSum(vec4<f32>(found), index).x) >= count) { low = middle; } else { end = max(middle, low + 1u); }
  }
  return bitcast<f32>(low);
}

// The smallest value above which the chances sum to less than `mass`.
fn chanceAtMass(mass: f32, index: u32) -> f32 {
  var low = 0u;
  var high = ONE_AS_BITS;
  for (var i = 0u; i < 31u; i++) {
    let middle = low + (high - low) / 2u;
    var above = 0.0;
    for (var id = index; id < VOCABULARY; id += GROUP) {
      if (chances[id] > 0.0 && bitcast<u32>(chances[id]) > middle) { above += chances[id]; }
    }
    if (groupSum(vec4<f32>(above), index).x < mass) { high = middle; } else { low = min(middle + 1u, high); }
  }
  return bitcast<f32>(high);
}

// Chances below the value are cut.
fn cutBelow(floor: f32, index: u32) {
  for (var id = index; id < VOCABULARY; id += GROUP) {
    if (chances[id] >= 0.0 && chances[id] < floor) { chances[id] = 0.0; }
  }
}

// The Gumbel-max draw among what is not cut, the lowest id of equals; without temperature the likeliest. Tasks that do
// not sample ask for the likeliest of their target.
fn drawToken(state: State, most: f32, logitsAt: u32, index: u32) -> u32 {
  let isDrawn = state.task == SPEAK || state.task == BABBLE;
  var bestScore = -1e30;
  var best = NOTHING;
  for (var block = index; block < BLOCKS; block += GROUP) {
    let noise = philox4x32(vec4<u32>(state.step, block, state.take, 0u), state.seed);
    for (var i = 0u; i < 4u; i++) {
      let id = block * 4u + i;
      if (id >= VOCABULARY) { continue; }
      if (chances[id] <= 0.0) { continue; }
      if (!isDrawn && !isWithin(vec2<u32>(state.targetFirst, state.targetEnd), id)) { continue; }
      var score = logits[logitsAt + id] - most;
      if (state.temperature > 0.0) { score = score / state.temperature + gumbel(noise[i]); }
      if (best == NOTHING || score > bestScore) {
        bestScore = score;
        best = id;
      }
    }
  }
  let winner = groupMax(bestScore, index);
  return groupMin(select(NOTHING, best, bestScore == winner), index);
}

// The state after a token. Speaking and babbling advance by what was drawn, the others as the rules say.
fn stateAfter(state: State, token: u32) -> State {
  var next = state;
  let isTarget = isWithin(vec2<u32>(state.targetFirst, state.targetEnd), token);
  next.step += 1u;
  next.position += 1u;
  next.done = select(0u, 1u, token == state.eos);
  switch state.task {
    case SPEAK: {
      next.frames += select(0u, 1u, isTarget);
      next.phones += select(1u, 0u, isTarget || next.done == 1u);
      next.run = select(0u, state.run + 1u, isTarget);
    }
    case LISTEN: {
      if (next.done == 1u) { break; }
      next.frames += select(1u, 0u, isTarget);
      next.phones += select(0u, 1u, isTarget);
      next.run = select(0u, state.run + 1u, isTarget);
    }
    case BABBLE: {
      next.frames += select(1u, 0u, next.done == 1u);
      next.run += 1u;
    }
    default: {}
  }
  return next;
}

// (time, phone) of a token that led to this state.
fn positionsOf(task: u32, next: State) -> vec2<u32> {
  switch task {
    case SPEAK: { return vec2<u32>(next.frames, next.phones + 1u); }
    case LISTEN: { return vec2<u32>(next.frames, next.phones); }
    case BABBLE: { return vec2<u32>(next.frames, 0u); }
    default: { return vec2<u32>(next.prefixLength + next.step - 1u); }
  }
}

// Entropy among tokens whose shares sum to `sum`.
fn withinEntropy(sum: f32, logs: f32) -> f32 {
  if (sum <= 0.0) { return 0.0; }
  return preciseLog(sum) - logs / sum;
}

// Draws for row `r`, the whole workgroup together. A stream that has ended leaves its row's flags 0.
fn drawRow(r: u32, index: u32) {
  if (index == 0u) { isOver = select(states[rows[r].slot].done, 1u, rows[r].flags == 0u); }
  if (workgroupUniformLoad(&isOver) != 0u) { return; }
  let slot = rows[r].slot;
  let state = states[slot];
  let logitsAt = slot * VOCABULARY;
  let legal = legalTokens(state);

  // The largest legal logit, and how many are no numbers.
  var most = -1e30;
  var broken = 0.0;
  for (var id = index; id < VOCABULARY; id += GROUP) {
    let isLegal = isWithin(legal.goal, id) || isWithin(legal.other, id);
    let logit = logits[logitsAt + id];
    chances[id] = select(-1.0, 0.0, isLegal);
    if (!isLegal) { continue; }
    most = max(most, logit);
    // Comparisons with a NaN may be optimised away, its bits not. -Infinity is as good as illegal.
    let bits = bitcast<u32>(logit);
    if ((bits & 0x7f800000u) == 0x7f800000u && bits != 0xff800000u) { broken += 1.0; }
  }
  most = groupMax(most, index);

  // Both sets under the model: (target's shares, other's, target's share × ln share, other's); chances under temperature.
  var sums = vec4<f32>();
  var shapedSum = 0.0;
  for (var id = index; id < VOCABULARY; id += GROUP) {
    if (chances[id] < 0.0) { continue; }
    let above = logits[logitsAt + id] - most;
    let share = exp(above);
    let logs = select(0.0, share * above, share > 0.0);
    sums += select(vec4<f32>(0.0, share, 0.0, logs), vec4<f32>(share, 0.0, logs, 0.0), isWithin(legal.goal, id));
    chances[id] = select(1.0, exp(above / state.temperature), state.temperature > 0.0);
    shapedSum += chances[id];
  }
  sums = groupSum(sums, index);
  let targetSum = sums.x;
  let otherSum = sums.y;
  let counts = groupSum(vec4<f32>(shapedSum, broken, 0.0, 0.0), index);
  shapedSum = counts.x;

  // Min-p, top-k, top-p one after the other. Greedy streams skip them; nobody else in the workgroup may differ.
  if (index == 0u) {
    let isDrawn = select(0u, 1u, state.temperature > 0.0 && (state.task == SPEAK || state.task == BABBLE));
    cutting = vec3<u32>(isDrawn, state.topK * isDrawn, select(0u, isDrawn, state.topP < 1.0));
  }
  let cuts = workgroupUniformLoad(&cutting);
  if (cuts.x == 1u) { cutBelow(state.minP, index); }
  if (cuts.y > 0u) { cutBelow(chanceOfRank(cuts.y, index), index); }
  if (cuts.z == 1u) { cutBelow(chanceAtMass(state.topP * shapedSum, index), index); }
  workgroupBarrier();

  // The token.
  let best = drawToken(state, most, logitsAt, index);
  if (index == 0u) {
    var token = best;
    var part = -1.0;
    if (state.task == LISTEN) {
      let says = targetSum > otherSum;
      if (!says && state.frames >= state.listLength) { token = state.eos; }
      else if (!says) { token = lists[state.listStart + state.frames]; }
      if (!says) { part = otherSum; }
    } else if (state.task == TRANSCRIBE) {
      let ends = best == NOTHING || logits[logitsAt + state.eos] >= logits[logitsAt + best];
      if (ends) { token = state.eos; }
    }
    if (counts.y > 0.0 || targetSum + otherSum == 0.0 || token >= VOCABULARY) {
      states[slot].failed = 1u;
      states[slot].done = 1u;
      token = NOTHING;
    } else {
      if (part < 0.0) { part = exp(logits[logitsAt + token] - most); }
      let next = stateAfter(state, token);
      let positions = positionsOf(state.task, next);
      let sum = targetSum + otherSum;
      var entropyNats = withinEntropy(sum, sums.z + sums.w);
      // Hearing on is one choice beside every phone.
      if (state.task == LISTEN) { entropyNats -= withinEntropy(otherSum, sums.w) * otherSum / sum; }
      drawn[slot * RING + state.step % RING] = Drawn(token, positions.x, positions.y, part / sum, entropyNats);
      states[slot] = next;
      rows[r].position = state.position;
      rows[r].token = token;
      rows[r].time = positions.x;
      rows[r].phone = positions.y;
      if (next.done == 0u) { rows[r].flags = ROW_LIVE | ROW_WANTS_LOGITS; }
    }
    if (token == NOTHING || token == state.eos) { rows[r].flags = 0u; }
    chosen = token;
  }
  let token = workgroupUniformLoad(&chosen);
  if (token == NOTHING) { return; }
  for (var dim = index; dim < DIM; dim += GROUP) { stream[streamAt(r) + dim] = embedding(token, dim); }
}
