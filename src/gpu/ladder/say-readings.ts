/**
 * Owns: a second opinion on readings of a stretch: the language model that listens can also speak, so it is asked how likely
 * it would have said these very units, had it been given each reading's phones and the speaker's voice. What was misheard
 * by a sound or two is often unlikely to be said so (analysis by synthesis; Halle and Stevens 1962).
 */
import { planPhones } from '../../speech/2-phones/plan-phones'
import type { TextToken } from '../../speech/1-letters/token'
import { phonesToDurations } from '../../speech/3-units/search/reading-frames'
import type { Candidate } from '../../speech/3-units/search/readings'
import { planToRule } from '../../speech/3-units/streams'
import { logSumExp, type PlacedToken } from '../../speech/3-units/streams/rule'
import { withSilences } from '../../speech/3-units/streams/speak'
import type { Phone, TokenId, Unit } from '../../speech/3-units/vocabulary'
import { takeToTokens } from '../../speech/takes/take'
import { STEPS_PER_RUN } from '../lm-engine'
import type { Ladder } from './load'

/** 15 s: the model never said more at once. */
const MOST_FRAMES = 600

/** A reading's speak row. */
interface Row {
  readonly prefix: readonly PlacedToken[]
  /** What is said after it, in order. */
  readonly tokens: readonly PlacedToken[]
  /** (token): the only token beside the units that might have come there. */
  readonly onward: readonly TokenId[]
}

/**
 * Yields now and then, so that it can be stopped.
 * @param voice (voiceDim) of whoever spoke
 * @returns (candidate) ln of the units' probability; where a reading doesn't fit the sound, the worst of the others'; zeros
 * where the stretch is too long to be said at once
 */
export async function* sayReadings(
  ladder: Ladder,
  candidates: readonly Candidate[],
  units: readonly Unit[],
  voice: Float32Array,
): AsyncGenerator<undefined, number[]> {
  if (units.length > MOST_FRAMES || candidates.length < 2) return candidates.map(() => 0)
  const rows = candidates.map((candidate) => candidateToRow(ladder, candidate, units))
  const scores = yield* scoreRows(ladder, rows, voice)
  const worst = scores.reduce<number>((least, score) => Math.min(least, score ?? 0), 0)
  return scores.map((score) => score ?? worst)
}

function candidateToRow(
  { vocabulary, lexicon, manifest, wordTools }: Ladder,
  { words, nodes, history }: Candidate,
  units: readonly Unit[],
): Row | undefined {
  const { sounds } = wordTools()
  const heardAs = (i: number): Phone[] =>
    history.sounds
      .slice(nodes[i - 1]?.place ?? 0, nodes[i].place)
      .map(({ phone }) => phone)
      .filter((phone) => /^[A-Z]/.test(phone))
  const typed = new Map<string, readonly Phone[]>()
  const tokens = words.map((word, i): TextToken => {
    const text = word ?? `?${i}`
    if (word === undefined) typed.set(text, heardAs(i))
    return { kind: 'word', text, source: { start: 0, end: 0 } }
  })
  const { phones } = planPhones(tokens, lexicon, new Map(), typed)
  const durationsFrames = phonesToDurations(
    phones,
    history.sounds,
    sounds,
    units.length,
    manifest.delayFrames,
  )
  if (!durationsFrames) return undefined
  const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0 }
  const rule = planToRule({ task: 'speak', phones, sampling, seed: 0, take: 0 }, vocabulary)
  const spoken = withSilences(phones)
  const [said] = takeToTokens([spoken], { units, durationsFrames }, vocabulary)
  const placed: PlacedToken[] = []
  const onward: TokenId[] = []
  let state = rule.start
  for (const id of said) {
    const next = spoken[state.phones + 1]
    onward.push(next === undefined ? vocabulary.eos : vocabulary.phoneToId(next))
    const followed = rule.follow(state, id)
    placed.push(followed.token)
    state = followed.state
  }
  return { prefix: rule.prefix, tokens: placed, onward }
}

/** All rows side by side, a token of each at a time. */
async function* scoreRows(
  { lm, vocabulary }: Ladder,
  rows: readonly (Row | undefined)[],
  voice: Float32Array,
): AsyncGenerator<undefined, (number | undefined)[]> {
  const cursor = lm.openCursor()
  try {
    const said = rows.flatMap((row, at) => (row ? [{ row, at, stream: cursor.open(voice) }] : []))
    const scores = rows.map((row): number | undefined => (row ? 0 : undefined))
    for (let step = 0; ; step++) {
      // The last token, <eos>, is no unit: nobody asks what comes before it.
      const going = said.filter(({ row }) => step < row.tokens.length - 1)
      if (going.length === 0) return scores
      const feeds = going.map(({ row, stream }) => ({
        stream,
        tokens: step === 0 ? row.prefix : [row.tokens[step - 1]],
      }))
      const logits = await cursor.feed(feeds)
      going.forEach(({ row, at }, i) => {
        const { id } = row.tokens[step]
        if (!vocabulary.isUnit(id)) return
        const unit = logSumExp(logits[i], vocabulary.unitRange)
        const onward = logits[i][row.onward[step]]
        const all = Math.max(unit, onward) + Math.log1p(Math.exp(-Math.abs(unit - onward)))
        scores[at] = (scores[at] ?? 0) + logits[i][id] - all
      })
      if (step % STEPS_PER_RUN === 0) yield undefined
    }
  } finally {
    cursor.dispose()
  }
}
