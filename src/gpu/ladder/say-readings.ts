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
import { GREEDY } from '../../speech/3-units/sampling'
import { withSilences } from '../../speech/3-units/streams/speak'
import type { Phone, TokenId, Unit, Vocabulary } from '../../speech/3-units/vocabulary'
import { takeToTokens } from '../../speech/takes/take'
import { feedEach, STEPS_PER_RUN, type StreamId } from '../lm-engine'
import type { HeardNews } from './heard'
import type { Ladder } from './load'
import { placeTokens } from './take-streams'

/** 15 s: the model never said more at once. */
const MOST_FRAMES = 600

/** Steps still asked after the last in which a reading differs from the first: a sound is felt in what follows it. */
const AFTERMATH_STEPS = 16

/** A reading's speak row. */
interface Row {
  /** All tokens in their places. */
  readonly placed: readonly PlacedToken[]
  /** How many of them come before what is said. */
  readonly prefixLength: number
  /** (token said): the only token beside the units that might have come there. */
  readonly onward: readonly TokenId[]
}

/** A row that is asked for its first `steps`; from there on it says what the first row says. */
interface AskedRow extends Row {
  readonly stream: StreamId
  readonly steps: number
  /** ln of the units' probability before each step; grows. */
  readonly sums: number[]
}

/**
 * Yields now and then, with nothing new, so that it can be stopped.
 * @param voice (voiceDim) of whoever spoke
 * @returns (candidate) ln of the units' probability; where a reading doesn't fit the sound, the worst of the others';
 * undefined where none fits, or where the stretch is too long to be said at once
 */
export async function* sayReadings(
  ladder: Ladder,
  candidates: readonly Candidate[],
  units: readonly Unit[],
  voice: Float32Array,
): AsyncGenerator<HeardNews, number[] | undefined> {
  if (units.length > MOST_FRAMES) return undefined
  const rows = candidates.map((candidate) => candidateToRow(ladder, candidate, units))
  const fitting = rows.filter((row) => row !== undefined)
  if (fitting.length === 0) return undefined
  const scores = yield* scoreRows(ladder, fitting, voice, { phones: [], frames: units.length })
  return rows.map((row) => (row ? scores[fitting.indexOf(row)] : Math.min(...scores)))
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

/** All rows side by side, some tokens of each at a time: what is said is known. @returns (row) ln of the units' probability */
async function* scoreRows(
  { lm, vocabulary }: Ladder,
  rows: readonly Row[],
  voice: Float32Array,
  nothingNew: HeardNews,
): AsyncGenerator<HeardNews, number[]> {
  const cursor = lm.openCursor()
  try {
    const asked = rows.map((row): AskedRow => {
      return { ...row, stream: cursor.open(voice), steps: countSteps(row, rows[0]), sums: [0] }
    })
    await cursor.feed(
      asked.map(({ placed, prefixLength, stream }) => ({
        stream,
        tokens: placed.slice(0, prefixLength - 1),
      })),
    )
    for (let from = 0; ; from += STEPS_PER_RUN) {
      const going = asked.filter(({ steps }) => from < steps)
      if (going.length === 0) return asked.map((row) => toScore(row, asked[0]))
      const feeds = going.map(({ placed, prefixLength, stream, steps }) => {
        const first = prefixLength - 1
        return { stream, tokens: placed.slice(first + from, first + Math.min(from + STEPS_PER_RUN, steps)) }
      })
      const logits = await feedEach(cursor, feeds)
      going.forEach((row, i) => {
        for (const [step, after] of logits[i].entries()) addStep(row, from + step, after, vocabulary)
      })
      yield nothingNew
    }
  } finally {
    cursor.dispose()
  }
}

/** @param logits (vocabulary) before what the row says at this step */
function addStep(
  { placed, prefixLength, onward, sums }: AskedRow,
  step: number,
  logits: Float32Array,
  vocabulary: Vocabulary,
): void {
  const { id } = placed[prefixLength + step]
  const unit = logSumExp(logits, vocabulary.unitRange)
  const all = logAdd(unit, logits[onward[step]])
  sums.push(sums[step] + (vocabulary.isUnit(id) ? logits[id] - all : 0))
}

/** Steps of a whole row. The last token, <eos>, is no unit: nobody asks what comes before it. */
const wholeSteps = ({ onward }: Row): number => onward.length - 1

/** How many steps of a row are worth asking for beside the first row. */
function countSteps(row: Row, first: Row): number {
  if (row === first) return wholeSteps(row)
  let same = 0
  const idFromEnd = ({ placed }: Row) => placed.at(-1 - same)?.id
  while (same < row.onward.length && idFromEnd(row) === idFromEnd(first)) same++
  return Math.min(wholeSteps(row), row.onward.length - same + AFTERMATH_STEPS)
}

/** What a row was not asked for is the first row's. */
function toScore(row: AskedRow, first: AskedRow): number {
  const left = wholeSteps(row) - row.steps
  return row.sums[row.steps] + first.sums[first.steps] - first.sums[first.steps - left]
}
