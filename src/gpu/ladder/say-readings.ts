/**
 * Owns: a second opinion on readings of a stretch: the language model that listens can also speak, so it is asked how likely
 * it would have said these very units, had it been given each reading's phones and the speaker's voice. What was misheard
 * by a sound or two is often unlikely to be said so (analysis by synthesis; Halle and Stevens 1962).
 */
import { isSpeechPhone } from '../../speech/2-phones/inventory'
import { planPhones } from '../../speech/2-phones/plan-phones'
import type { TextToken } from '../../speech/1-letters/token'
import { phonesToDurations } from '../../speech/3-units/search/reading-frames'
import type { Candidate } from '../../speech/3-units/search/readings'
import { planToRule } from '../../speech/3-units/streams'
import { logAdd, logSumExp, type PlacedToken } from '../../speech/3-units/streams/rule'
import type { SamplingOptions } from '../../speech/3-units/sampling'
import { withSilences } from '../../speech/3-units/streams/speak'
import type { Phone, TokenId, Unit } from '../../speech/3-units/vocabulary'
import { takeToTokens } from '../../speech/takes/take'
import { STEPS_PER_RUN } from '../lm-engine'
import type { HeardNews } from './heard'
import type { Ladder } from './load'
import { placeTokens } from './take-streams'

/** 15 s: the model never said more at once. */
const MOST_FRAMES = 600
/** Nothing is drawn by it. */
const GREEDY: SamplingOptions = { temperature: 0, topP: 1, topK: 0, minP: 0 }

/** A reading's speak row. */
interface Row {
  /** All tokens in their places. */
  readonly placed: readonly PlacedToken[]
  /** How many of them come before what is said. */
  readonly prefixLength: number
  /** (token said): the only token beside the units that might have come there. */
  readonly onward: readonly TokenId[]
}

/**
 * Yields now and then, with nothing new, so that it can be stopped.
 * @param voice (voiceDim) of whoever spoke
 * @returns (candidate) ln of the units' probability; where a reading doesn't fit the sound, the worst of the others'; zeros
 * where the stretch is too long to be said at once
 */
export async function* sayReadings(
  ladder: Ladder,
  candidates: readonly Candidate[],
  units: readonly Unit[],
  voice: Float32Array,
): AsyncGenerator<HeardNews, number[]> {
  if (units.length > MOST_FRAMES || candidates.length < 2) return candidates.map(() => 0)
  const rows = candidates.map((candidate) => candidateToRow(ladder, candidate, units))
  const scores = yield* scoreRows(ladder, rows, voice, { phones: [], frames: units.length })
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
      .filter(isSpeechPhone)
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
  const rule = planToRule({ task: 'speak', phones, sampling: GREEDY, seed: 0, take: 0 }, vocabulary)
  const spoken = withSilences(phones)
  const [said] = takeToTokens([spoken], { units, durationsFrames }, vocabulary)
  const { placed, states } = placeTokens(rule, said)
  const onward = said.map((_, i) => {
    const next = spoken[states[i].phones + 1]
    return next === undefined ? vocabulary.eos : vocabulary.phoneToId(next)
  })
  return { placed, prefixLength: rule.prefix.length, onward }
}

/** All rows side by side, a token of each at a time. */
async function* scoreRows(
  { lm, vocabulary }: Ladder,
  rows: readonly (Row | undefined)[],
  voice: Float32Array,
  nothingNew: HeardNews,
): AsyncGenerator<HeardNews, (number | undefined)[]> {
  const cursor = lm.openCursor()
  try {
    const said = rows.flatMap((row, at) => (row ? [{ row, at, stream: cursor.open(voice) }] : []))
    const scores = rows.map((row): number | undefined => (row ? 0 : undefined))
    for (let step = 0; ; step++) {
      // The last token, <eos>, is no unit: nobody asks what comes before it.
      const going = said.filter(({ row }) => step < row.onward.length - 1)
      if (going.length === 0) return scores
      const feeds = going.map(({ row: { placed, prefixLength }, stream }) => ({
        stream,
        tokens: placed.slice(step === 0 ? 0 : prefixLength + step - 1, prefixLength + step),
      }))
      const logits = await cursor.feed(feeds)
      going.forEach(({ row, at }, i) => {
        const { id } = row.placed[row.prefixLength + step]
        if (!vocabulary.isUnit(id)) return
        const unit = logSumExp(logits[i], vocabulary.unitRange)
        const all = logAdd(unit, logits[i][row.onward[step]])
        scores[at] = (scores[at] ?? 0) + logits[i][id] - all
      })
      if (step % STEPS_PER_RUN === 0) yield nothingNew
    }
  } finally {
    cursor.dispose()
  }
}
