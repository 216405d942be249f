/**
 * Owns: units to sounds with several histories at once: a beam over hear and say on the engine's cursor. At every frame
 * each history either hears the next unit or says one more sound; histories that said the same sounds at different times
 * are one, and the likelier goes on. Which histories are kept is also a guide's choice: it scores sounds by the words they
 * may be.
 */
import type { HeardSound } from '../../speech/3-units/search/sounds'
import { MAX_PHONES_PER_FRAME } from '../../speech/3-units/streams/listen'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { LmCursor, LmEngine, StreamId } from '../lm-engine'
import {
  historyToSteps,
  mergeByKey,
  prune,
  type Guide,
  type HearOptions,
  type History,
  type Step,
  type StepPorts,
} from './hear-steps'

export interface HearPorts extends StepPorts {
  readonly lm: Pick<LmEngine, 'openCursor'>
  readonly voice: Float32Array
}

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
    const maySay = run < MAX_PHONES_PER_FRAME
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
