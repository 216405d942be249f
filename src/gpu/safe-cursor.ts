/**
 * Owns: a cursor that survives its engine. Every stream's voice and tokens are kept, and fed to the cursor of the next
 * engine when that is first asked. Its own numbers of streams stay, whatever numbers the engine of the moment gives them.
 */
import type { PlacedToken } from '../speech/3-units/streams'
import { feedEach, findStream, type Feed, type LmCursor, type LmEngine, type StreamId } from './lm-engine'

/** The engine of the moment; its number tells users of an older one that theirs is gone. */
export interface Current {
  readonly engine: LmEngine
  readonly generation: number
  /** Nothing comes after it: what it throws is the caller's. */
  readonly isLast: boolean
}

/** Runs work on the engine of the moment, and again on the next one where that fails. */
export type Attempt = <T>(work: (current: Current) => Promise<T>) => Promise<T>

/** What a stream is, whatever engine holds it. */
interface Kept {
  readonly voice: Float32Array
  tokens: readonly PlacedToken[]
}

/** The streams on one engine. */
interface Held {
  readonly generation: number
  readonly cursor: LmCursor
  /** The engine's numbers by ours. */
  readonly ids: Map<StreamId, StreamId>
}

export function createSafeCursor(getCurrent: () => Current, attempt: Attempt): LmCursor {
  const kept = new Map<StreamId, Kept>()
  let lastId = -1
  let held: Held | undefined

  const keep = (stream: Kept): StreamId => {
    lastId += 1
    kept.set(lastId, stream)
    return lastId
  }

  /** While the engine that holds the streams is still the one. */
  const heldNow = (): Held | undefined => (held?.generation === getCurrent().generation ? held : undefined)

  /** On the engine of the moment, with every stream as far as it is. */
  async function hold({ engine, generation }: Current): Promise<Held> {
    if (held?.generation === generation) return held
    const cursor = engine.openCursor()
    try {
      const ids = new Map([...kept].map(([id, { voice }]) => [id, cursor.open(voice)]))
      const begun = [...kept].filter(([, { tokens }]) => tokens.length > 0)
      if (begun.length > 0)
        await cursor.feed(begun.map(([id, { tokens }]) => ({ stream: findStream(ids, id), tokens })))
      held = { generation, cursor, ids }
      return held
    } catch (error) {
      cursor.dispose()
      throw error
    }
  }

  /** Feeds one way or the other; what was fed is kept when it is done. */
  async function feedBy<Rows>(
    feeds: readonly Feed[],
    feed: (cursor: LmCursor, feeds: readonly Feed[]) => Promise<Rows>,
  ): Promise<Rows> {
    const streams = feeds.map(({ stream }) => findStream(kept, stream))
    const rows = await attempt(async (current) => {
      const { cursor, ids } = await hold(current)
      return feed(
        cursor,
        feeds.map(({ stream, tokens }) => ({ stream: findStream(ids, stream), tokens })),
      )
    })
    streams.forEach((stream, i) => {
      stream.tokens = [...stream.tokens, ...feeds[i].tokens]
    })
    return rows
  }

  return {
    open(voice) {
      const id = keep({ voice, tokens: [] })
      const now = heldNow()
      now?.ids.set(id, now.cursor.open(voice))
      return id
    },
    feed: (feeds) => feedBy(feeds, (cursor, own) => cursor.feed(own)),
    feedEach: (feeds) => feedBy(feeds, feedEach),
    length: (stream) => findStream(kept, stream).tokens.length,
    branch(stream) {
      const id = keep({ ...findStream(kept, stream) })
      const now = heldNow()
      now?.ids.set(id, now.cursor.branch(findStream(now.ids, stream)))
      return id
    },
    rewind(stream, length) {
      const own = findStream(kept, stream)
      own.tokens = own.tokens.slice(0, length)
      const now = heldNow()
      now?.cursor.rewind(findStream(now.ids, stream), length)
    },
    close(stream) {
      findStream(kept, stream)
      kept.delete(stream)
      const now = heldNow()
      now?.cursor.close(findStream(now.ids, stream))
      now?.ids.delete(stream)
    },
    dispose() {
      kept.clear()
      held?.cursor.dispose()
    },
  }
}
