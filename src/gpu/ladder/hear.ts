/**
 * Owns: units to sounds with several histories at once: a beam over hear and say on the engine's cursor. At every frame
 * each history either hears the next unit or says one more sound; histories that said the same sounds at different times
 * are one, and the likelier goes on. Knows no words.
 */
import { logSumExp } from '../../speech/3-units/streams/rule'
import type { HeardSound, Sounds } from '../../speech/3-units/search/sounds'
import type { TokenId, Unit, Vocabulary } from '../../speech/3-units/vocabulary'
import type { LmCursor, LmEngine, StreamId } from '../lm-engine'

export interface HearPorts {
  readonly lm: LmEngine
  readonly vocabulary: Vocabulary
  readonly sounds: Sounds
  readonly voice: Float32Array
}

export interface HearOptions {
  /** Histories kept. */
  readonly beam: number
  /** Nats below the best history at which one is given up. */
  readonly width: number
}

/** What was said so far, the last sound first. */
interface Said {
  readonly before: Said | undefined
  readonly heard: HeardSound
}

interface History {
  readonly stream: StreamId
  /** (vocabulary): what comes after all that was heard and said. */
  readonly logits: Float32Array
  readonly said: Said | undefined
  /** The sounds as text, a character each. */
  readonly key: string
  /** ln of the probability of the sounds, over all times at which they may have been said. */
  readonly score: number
}

/** A history's next step: to hear on, or to say a phone. */
interface Step {
  readonly from: History
  readonly key: string
  readonly score: number
  readonly saying?: { readonly id: TokenId; readonly heard: HeardSound }
}

/** Sounds in a row without hearing a unit, as in greedy listening. */
const MAX_SOUNDS_PER_FRAME = 4
/** A sound less likely than this, ln, opens no history. */
const LEAST_SHARE = -4.5

export interface HeardHistory {
  readonly sounds: readonly HeardSound[]
  readonly score: number
}

/** Yields the best history after each frame. @returns those left at the end, the best first */
export async function* hearHistories(
  ports: HearPorts,
  units: readonly Unit[],
  options: HearOptions,
): AsyncGenerator<{ frames: number; best: HeardHistory }, HeardHistory[]> {
  const { vocabulary } = ports
  const cursor = ports.lm.openCursor()
  try {
    let histories = [await openHistory(ports, cursor, units[0])]
    for (let frames = 1; ; frames++) {
      const ready = await sayAtFrame(ports, cursor, histories, frames, frames === units.length, options)
      if (frames === units.length) return ready.map(toHeardHistory)
      const phone = ({ key }: History) => key.length
      const id = vocabulary.unitToId(units[frames])
      const feeds = ready.map((history) => ({
        stream: history.stream,
        tokens: [{ id, time: frames + 1, phone: phone(history) }],
      }))
      const rows = await cursor.feed(feeds)
      histories = ready.map((history, i) => ({ ...history, logits: rows[i] }))
      yield { frames, best: toHeardHistory(histories[0]) }
    }
  } finally {
    cursor.dispose()
  }
}

async function openHistory({ vocabulary, voice }: HearPorts, cursor: LmCursor, unit: Unit): Promise<History> {
  const stream = cursor.open(voice)
  const tokens = [
    { id: vocabulary.pad, time: 0, phone: 0 },
    { id: vocabulary.listen, time: 0, phone: 0 },
    { id: vocabulary.unitToId(unit), time: 1, phone: 0 },
  ]
  const [logits] = await cursor.feed([{ stream, tokens }])
  return { stream, logits, said: undefined, key: '', score: 0 }
}

/** Histories that would hear on after saying what they had to say at this frame, the best first. */
async function sayAtFrame(
  ports: HearPorts,
  cursor: LmCursor,
  histories: readonly History[],
  frames: number,
  atEnd: boolean,
  options: HearOptions,
): Promise<History[]> {
  let ready: Step[] = []
  let asking = histories
  for (let run = 0; asking.length > 0; run++) {
    const maySay = run < MAX_SOUNDS_PER_FRAME
    const steps = asking.flatMap((history) => historyToSteps(ports, history, frames, atEnd, maySay))
    const kept = prune(mergeByKey([...ready, ...steps]), options)
    const streams = shareStreams(cursor, [...ready.map(({ from }) => from), ...asking], kept)
    const own = kept.map((step, i) => ({ ...step, from: { ...step.from, stream: streams[i] } }))
    ready = own.filter(({ saying }) => !saying)
    asking = await say(cursor, own, frames)
  }
  return ready.map(({ from, score }) => ({ ...from, score }))
}

function historyToSteps(
  { vocabulary, sounds }: HearPorts,
  from: History,
  frames: number,
  atEnd: boolean,
  maySay: boolean,
): Step[] {
  const { logits, key } = from
  const wait = atEnd ? logits[vocabulary.eos] : logSumExp(logits, vocabulary.unitRange)
  const say = logSumExp(logits, vocabulary.phoneRange)
  const total = Math.max(wait, say) + Math.log1p(Math.exp(-Math.abs(wait - say)))
  const hearing = { from, key, score: from.score + wait - total }
  if (!maySay || say - total < LEAST_SHARE) return [hearing]
  const posteriors = sounds.posteriors(logits)
  const steps: Step[] = [hearing]
  for (const [sound, id] of sounds.likeliestIds(logits).entries()) {
    const share = say - total + posteriors[sound]
    if (share < LEAST_SHARE) continue
    const heard = { phone: vocabulary.idToPhone(id), sound, frames, probability: Math.exp(share), posteriors }
    steps.push({
      from,
      key: key + String.fromCharCode(sound),
      score: from.score + share,
      saying: { id, heard },
    })
  }
  return steps
}

/** Of steps to the same sounds the likelier goes on, with the probability of both. */
function mergeByKey(steps: readonly Step[]): Step[] {
  const merged = new Map<string, Step>()
  for (const step of steps) {
    const other = merged.get(step.key)
    if (!other) merged.set(step.key, step)
    else {
      const best = step.score > other.score ? step : other
      const score = best.score + Math.log1p(Math.exp(-Math.abs(step.score - other.score)))
      merged.set(step.key, { ...best, score })
    }
  }
  return [...merged.values()]
}

function prune(steps: readonly Step[], { beam, width }: HearOptions): Step[] {
  const sorted = steps.toSorted((a, b) => b.score - a.score)
  return sorted.slice(0, beam).filter(({ score }) => score >= sorted[0].score - width)
}

/** A stream for each step: the first to go on from a history keeps its stream, others branch; streams left over close. */
function shareStreams(cursor: LmCursor, histories: readonly History[], steps: readonly Step[]): StreamId[] {
  const taken = new Set<StreamId>()
  const streams = steps.map(({ from: { stream } }) => {
    if (taken.has(stream)) return cursor.branch(stream)
    taken.add(stream)
    return stream
  })
  for (const { stream } of histories) if (!taken.has(stream)) cursor.close(stream)
  return streams
}

async function say(cursor: LmCursor, steps: readonly Step[], frames: number): Promise<History[]> {
  const spoken = steps.flatMap(({ saying, ...step }) => (saying ? [{ ...step, ...saying }] : []))
  if (spoken.length === 0) return []
  const feeds = spoken.map(({ from, id, key }) => ({
    stream: from.stream,
    tokens: [{ id, time: frames, phone: key.length }],
  }))
  const rows = await cursor.feed(feeds)
  return spoken.map(({ from, heard, key, score }, i) => ({
    stream: from.stream,
    logits: rows[i],
    said: { before: from.said, heard },
    key,
    score,
  }))
}

function toHeardHistory({ said, score }: Pick<History, 'said' | 'score'>): HeardHistory {
  const sounds: HeardSound[] = []
  for (let last = said; last; last = last.before) sounds.push(last.heard)
  return { sounds: sounds.toReversed(), score }
}
