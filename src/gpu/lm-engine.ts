/**
 * Owns: the interface of every engine that runs the language model, at its two heights. A *cursor* holds streams whose
 * tokens the caller chooses and gives their logits: for search, for measuring, for branching. A *batch* holds streams
 * that draw for themselves by their plans' grammar. Engines know the grammar only through the rules of `src/speech`.
 */
import type { PlacedToken, StreamPlan } from '../speech/3-units/streams'
import { ConvergeError } from '../speech/errors'

/** A stream's number within its cursor; never used again after `close`. */
export type StreamId = number

/** What a cursor keeps of a stream. @throws ConvergeError `internal` for one that is closed, or never was: no engine fails by it */
export function findStream<Stream>(streams: ReadonlyMap<StreamId, Stream>, id: StreamId): Stream {
  const stream = streams.get(id)
  if (stream !== undefined) return stream
  throw new ConvergeError('internal', `There is no stream ${id} of the language model.`, { stream: id })
}

export interface Feed {
  readonly stream: StreamId
  /** At least one; the stream's logits are those after the last. */
  readonly tokens: readonly PlacedToken[]
}

export interface LmCursor {
  /** A new, empty stream. `voice` (voiceDim); zeros where the task has no voice. */
  open(voice: Float32Array): StreamId
  /**
   * Each stream at most once a call; streams that are not named stand still.
   * @returns logits (feed, vocabulary), each row the caller's to keep
   * @throws ConvergeError `engine-failed`; `internal`, as all that follows, for a stream that is not open
   */
  feed(feeds: readonly Feed[]): Promise<Float32Array[]>
  /** What `feedEach` does, where an engine takes many tokens faster than one after the other. */
  feedEach?(feeds: readonly Feed[]): Promise<Float32Array[][]>
  /** Tokens that a stream has been fed. */
  length(stream: StreamId): number
  /** A second stream with the same history. */
  branch(stream: StreamId): StreamId
  /** Forgets all but the first `length` tokens. */
  rewind(stream: StreamId, length: number): void
  close(stream: StreamId): void
  dispose(): void
}

/** As the cursor's `feed`. @returns logits (feed, token, vocabulary): those after every token */
export async function feedEach(cursor: LmCursor, feeds: readonly Feed[]): Promise<Float32Array[][]> {
  if (cursor.feedEach) return cursor.feedEach(feeds)
  const logits: Float32Array[][] = feeds.map(() => [])
  for (let at = 0; ; at++) {
    const going = [...feeds.entries()].filter(([, { tokens }]) => at < tokens.length)
    if (going.length === 0) return logits
    const rows = await cursor.feed(
      going.map(([, { stream, tokens }]) => ({ stream, tokens: tokens.slice(at, at + 1) })),
    )
    going.forEach(([feed], i) => logits[feed].push(rows[i]))
  }
}

export interface StreamSpec {
  readonly plan: StreamPlan
  readonly voice: Float32Array
}

/** One token that a stream said or heard. */
export interface Drawn extends PlacedToken {
  /** Before temperature and cuts, among what the grammar allows; as `StreamStep` has it. */
  readonly probability: number
  readonly entropyNats: number
}

export interface LmBatch {
  /**
   * Up to `steps` steps of every unfinished stream, or as many steps in all, of some streams before the others.
   * @returns for each stream what it drew, in order; <eos> included. Empty for a finished stream.
   */
  run(steps: number): Promise<Drawn[][]>
  readonly done: boolean
  dispose(): void
}

export type EngineName = 'ort' | 'wasm' | 'wgsl'

export interface LmEngine {
  readonly name: EngineName
  openCursor(): LmCursor
  /**
   * Feeds every stream's prefix.
   * @param drawn (stream): what each drew on another engine; it is fed too, and the rest is what would have come there. A
   * stream whose last token ended it stays ended.
   * @throws ConvergeError `engine-failed`, and what the plans' rules throw
   */
  start(streams: readonly StreamSpec[], drawn?: readonly (readonly Drawn[])[]): Promise<LmBatch>
  dispose(): Promise<void>
}

/** Steps between two looks at the outside world; about a third of a second of speech. */
export const STEPS_PER_RUN = 16

/** Runs a batch to its end. @returns (stream, token) */
export async function drawAll(engine: LmEngine, streams: readonly StreamSpec[]): Promise<Drawn[][]> {
  const batch = await engine.start(streams)
  try {
    const drawn: Drawn[][] = streams.map(() => [])
    while (!batch.done) {
      const news = await batch.run(STEPS_PER_RUN)
      news.forEach((tokens, i) => drawn[i].push(...tokens))
    }
    return drawn
  } finally {
    batch.dispose()
  }
}
