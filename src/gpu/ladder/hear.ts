/**
 * Owns: units to sounds with several histories at once: a beam over hear and say on the engine's cursor. At every frame
 * each history either hears the next unit or says one more sound; histories that said the same sounds at different times
 * are one, and the likelier goes on. Which histories are kept is also a guide's choice: it scores sounds by the words they
 * may be.
 */
import { logAdd, logSumExp } from '../../speech/3-units/streams/rule'
import type { HeardSound, Sound, Sounds } from '../../speech/3-units/search/sounds'
import type { TokenId, Unit, Vocabulary } from '../../speech/3-units/vocabulary'
import type { LmCursor, LmEngine, StreamId } from '../lm-engine'

export interface HearPorts {
  readonly lm: Pick<LmEngine, 'openCursor'>
  readonly vocabulary: Vocabulary
  readonly sounds: Sounds
  readonly voice: Float32Array
}

/** What words make of sounds; a pure function of the sounds said so far. */
export interface Guide<Place> {
  readonly start: Place
  next(place: Place, sound: Sound): Place
  /** In nats, on the scale of the language model's. */
  score(place: Place): number
}

export interface HearOptions {
  /** Histories kept. */
  readonly beam: number
  /** Nats below the best history at which one is given up. */
  readonly width: number
  /**
   * From which share on hearing or saying is certain, 0.5 to 1: there a history has no choice. The model never saw a sound
   * said late, so that a history that misses its time falls silent, and looks better than those that go on.
   */
  readonly certain: number
}

/** What was said so far, the last sound first. */
interface Said {
  readonly before: Said | undefined
  readonly heard: HeardSound
}

interface History<Place> {
  readonly stream: StreamId
  /** (vocabulary): what comes after all that was heard and said. */
  readonly logits: Float32Array
  readonly said: Said | undefined
  /** The sounds as text, a character each. */
  readonly key: string
  /** ln of the probability of the sounds, over all times at which they may have been said. */
  readonly score: number
  readonly place: Place
}

/** A history's next step: to hear on, or to say a phone. */
interface Step<Place> {
  readonly from: History<Place>
  readonly key: string
  readonly score: number
  readonly place: Place
  readonly saying?: { readonly id: TokenId; readonly heard: HeardSound }
}

/** Sounds in a row without hearing a unit, as in greedy listening. */
const MAX_SOUNDS_PER_FRAME = 4
/** A sound less likely than this, ln, opens no history. */
const LEAST_SHARE = -4.5
/** Steps that the guide is asked about, for each history kept. */
const GUIDED = 2

export interface HeardHistory<Place> {
  readonly sounds: readonly HeardSound[]
  /** ln of the language model's probability. */
  readonly score: number
  /** Where the guide is after all sounds. */
  readonly place: Place
}

/** Yields, frame by frame, the sounds on which all histories now agree. @returns those left at the end, the best first */
export async function* hearHistories<Place>(
  ports: HearPorts,
  units: readonly Unit[],
  guide: Guide<Place>,
  options: HearOptions,
): AsyncGenerator<{ frames: number; sounds: readonly HeardSound[] }, HeardHistory<Place>[]> {
  const { vocabulary } = ports
  const cursor = ports.lm.openCursor()
  try {
    let histories = [await openHistory(ports, cursor, units[0], guide.start)]
    let agreed = 0
    for (let frames = 1; ; frames++) {
      const ready = await sayAtFrame(
        ports,
        cursor,
        histories,
        frames,
        frames === units.length,
        guide,
        options,
      )
      if (frames === units.length) return ready.map(toHeardHistory)
      const id = vocabulary.unitToId(units[frames])
      const feeds = ready.map((history) => ({
        stream: history.stream,
        tokens: [{ id, time: frames + 1, phone: history.key.length }],
      }))
      const rows = await cursor.feed(feeds)
      histories = ready.map((history, i) => ({ ...history, logits: rows[i] }))
      const agreeing = sharedLength(histories.map(({ key }) => key))
      yield {
        frames,
        sounds: agreeing > agreed ? toHeardHistory(histories[0]).sounds.slice(agreed, agreeing) : [],
      }
      agreed = agreeing
    }
  } finally {
    cursor.dispose()
  }
}

async function openHistory<Place>(
  { vocabulary, voice }: HearPorts,
  cursor: LmCursor,
  unit: Unit,
  place: Place,
): Promise<History<Place>> {
  const stream = cursor.open(voice)
  const tokens = [
    { id: vocabulary.pad, time: 0, phone: 0 },
    { id: vocabulary.listen, time: 0, phone: 0 },
    { id: vocabulary.unitToId(unit), time: 1, phone: 0 },
  ]
  const [logits] = await cursor.feed([{ stream, tokens }])
  return { stream, logits, said: undefined, key: '', score: 0, place }
}

/** Histories that would hear on after saying what they had to say at this frame, the best first. */
async function sayAtFrame<Place>(
  ports: HearPorts,
  cursor: LmCursor,
  histories: readonly History<Place>[],
  frames: number,
  atEnd: boolean,
  guide: Guide<Place>,
  options: HearOptions,
): Promise<History<Place>[]> {
  let ready: Step<Place>[] = []
  let asking = histories
  for (let run = 0; asking.length > 0; run++) {
    const maySay = run < MAX_SOUNDS_PER_FRAME
    const steps = asking.flatMap((history) =>
      historyToSteps(ports, history, frames, atEnd, maySay, options.certain),
    )
    const kept = prune(mergeByKey([...ready, ...steps]), guide, options)
    const streams = shareStreams(cursor, [...ready.map(({ from }) => from), ...asking], kept)
    const own = kept.map((step, i) => ({ ...step, from: { ...step.from, stream: streams[i] } }))
    ready = own.filter(({ saying }) => !saying)
    asking = await say(cursor, own, frames)
  }
  return ready.map(({ from, score, place }) => ({ ...from, score, place }))
}

function historyToSteps<Place>(
  { vocabulary, sounds }: HearPorts,
  from: History<Place>,
  frames: number,
  atEnd: boolean,
  maySay: boolean,
  certain: number,
): Step<Place>[] {
  const { logits, key, place } = from
  const wait = atEnd ? logits[vocabulary.eos] : logSumExp(logits, vocabulary.unitRange)
  const say = logSumExp(logits, vocabulary.phoneRange)
  const total = logAdd(wait, say)
  const hearing = { from, key, place, score: from.score + wait - total }
  const sayShare = Math.exp(say - total)
  if (!maySay || sayShare < 1 - certain) return [hearing]
  const posteriors = sounds.posteriors(logits)
  const steps: Step<Place>[] = sayShare > certain ? [] : [hearing]
  for (const [sound, id] of sounds.likeliestIds(logits).entries()) {
    const share = say - total + posteriors[sound]
    if (share < LEAST_SHARE) continue
    const heard = { phone: vocabulary.idToPhone(id), sound, frames, probability: Math.exp(share), posteriors }
    steps.push({
      from,
      key: key + String.fromCharCode(sound),
      place,
      score: from.score + share,
      saying: { id, heard },
    })
  }
  return steps
}

/** Of steps to the same sounds the likelier goes on, with the probability of both. */
function mergeByKey<Place>(steps: readonly Step<Place>[]): Step<Place>[] {
  const merged = new Map<string, Step<Place>>()
  for (const step of steps) {
    const other = merged.get(step.key)
    if (!other) merged.set(step.key, step)
    else {
      const best = step.score > other.score ? step : other
      const score = logAdd(step.score, other.score)
      merged.set(step.key, { ...best, score })
    }
  }
  return [...merged.values()]
}

/** The best steps, with the guide moved on. It is asked about likely steps only. */
function prune<Place>(
  steps: readonly Step<Place>[],
  guide: Guide<Place>,
  { beam, width }: HearOptions,
): Step<Place>[] {
  const rank = ({ score, place }: Step<Place>) => score + guide.score(place)
  const best = (from: readonly Step<Place>[], count: number) => {
    const sorted = from.map((step) => ({ step, rank: rank(step) })).toSorted((a, b) => b.rank - a.rank)
    return sorted.slice(0, count).filter((ranked) => ranked.rank >= sorted[0].rank - width)
  }
  const guided = best(steps, GUIDED * beam).map(({ step }) =>
    step.saying ? { ...step, place: guide.next(step.place, step.saying.heard.sound) } : step,
  )
  return best(guided, beam).map(({ step }) => step)
}

/** A stream for each step: the first to go on from a history keeps its stream, others branch; streams left over close. */
function shareStreams<Place>(
  cursor: LmCursor,
  histories: readonly History<Place>[],
  steps: readonly Step<Place>[],
): StreamId[] {
  const taken = new Set<StreamId>()
  const streams = steps.map(({ from: { stream } }) => {
    if (taken.has(stream)) return cursor.branch(stream)
    taken.add(stream)
    return stream
  })
  for (const { stream } of histories) if (!taken.has(stream)) cursor.close(stream)
  return streams
}

async function say<Place>(
  cursor: LmCursor,
  steps: readonly Step<Place>[],
  frames: number,
): Promise<History<Place>[]> {
  const spoken = steps.flatMap(({ saying, ...step }) => (saying ? [{ ...step, ...saying }] : []))
  if (spoken.length === 0) return []
  const feeds = spoken.map(({ from, id, key }) => ({
    stream: from.stream,
    tokens: [{ id, time: frames, phone: key.length }],
  }))
  const rows = await cursor.feed(feeds)
  return spoken.map(({ from, heard, key, score, place }, i) => ({
    stream: from.stream,
    logits: rows[i],
    said: { before: from.said, heard },
    key,
    score,
    place,
  }))
}

/** How much of the beginning all keys share. */
function sharedLength(keys: readonly string[]): number {
  let length = Math.min(...keys.map((key) => key.length))
  for (const key of keys) while (!key.startsWith(keys[0].slice(0, length))) length--
  return length
}

function toHeardHistory<Place>({ said, score, place }: History<Place>): HeardHistory<Place> {
  const sounds: HeardSound[] = []
  for (let last = said; last; last = last.before) sounds.push(last.heard)
  return { sounds: sounds.toReversed(), score, place }
}
