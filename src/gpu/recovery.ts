/**
 * Owns: an engine that survives its device. Whatever it wraps may fail half-way (lost, out of memory, wrong): the streams'
 * tokens so far are fed to a new engine, once of the same kind and from then on to the fallback, and the work goes on with
 * the tokens that it would have had. Knows no particular engine.
 */
import { ConvergeError, toPlainError, type PlainError } from '../speech/errors'
import type { PlacedToken } from '../speech/3-units/streams'
import type { Vocabulary } from '../speech/3-units/vocabulary'
import type { Drawn, EngineName, LmBatch, LmCursor, LmEngine, StreamId, StreamSpec } from './lm-engine'
import { startRuleBatch } from './rule-batch'

export interface Recovery {
  readonly failed: EngineName
  readonly cause: ConvergeError
  /** What runs now. */
  readonly engine: EngineName
  /** Why no engine of the first kind could be made again. */
  readonly whyFallback?: PlainError
}

export interface RecoveryParts {
  /** A new engine on a new device. */
  readonly makeEngine: () => Promise<LmEngine>
  readonly makeFallback: () => Promise<LmEngine>
  readonly vocabulary: Vocabulary
  /** Told once for each change of engine, so that a person sees one line. */
  readonly onRecovery?: (recovery: Recovery) => void
}

/** The engine of the moment; its number tells users of an older one that theirs is gone. */
interface Current {
  readonly engine: LmEngine
  readonly generation: number
}

/** Engines of the first kind, the first included; then the fallback. */
const MOST_OF_FIRST_KIND = 2

/** @throws what the first `makeEngine` throws */
export async function withRecovery(parts: RecoveryParts): Promise<LmEngine> {
  let current: Current = { engine: await parts.makeEngine(), generation: 0 }
  let recovering: Promise<void> | undefined

  async function replace(cause: ConvergeError): Promise<void> {
    const { engine: failed, generation } = current
    await failed.dispose().catch(() => undefined)
    const next = await makeNext(generation + 1)
    current = { engine: next.engine, generation: generation + 1 }
    const { engine, ...why } = next
    parts.onRecovery?.({ failed: failed.name, cause, engine: engine.name, ...why })
  }

  async function makeNext(generation: number): Promise<{ engine: LmEngine; whyFallback?: PlainError }> {
    if (generation >= MOST_OF_FIRST_KIND) return { engine: await parts.makeFallback() }
    try {
      return { engine: await parts.makeEngine() }
    } catch (error) {
      return { engine: await parts.makeFallback(), whyFallback: toPlainError(error) }
    }
  }

  /** Runs `work` on the engine of the moment, and again on the next one where that fails. */
  async function attempt<T>(work: (current: Current) => Promise<T>): Promise<T> {
    for (;;) {
      const used = current
      try {
        return await work(used)
      } catch (cause) {
        const isLast = used.generation >= MOST_OF_FIRST_KIND
        if (!(cause instanceof ConvergeError) || cause.code !== 'engine-failed' || isLast) throw cause
        if (used === current) {
          recovering ??= replace(cause).finally(() => {
            recovering = undefined
          })
        }
        await recovering
      }
    }
  }

  return {
    get name() {
      return current.engine.name
    },
    openCursor: () => createSafeCursor(() => current, attempt),
    start: (specs) => startSafeBatch(specs, parts.vocabulary, attempt),
    dispose: () => current.engine.dispose(),
  }
}

type Attempt = <T>(work: (current: Current) => Promise<T>) => Promise<T>

/** What a stream of a cursor is, whatever engine holds it. */
interface Kept {
  readonly voice: Float32Array
  tokens: readonly PlacedToken[]
}

function createSafeCursor(getCurrent: () => Current, attempt: Attempt): LmCursor {
  const kept = new Map<StreamId, Kept>()
  let lastId = -1
  let held: { generation: number; cursor: LmCursor; ids: Map<StreamId, StreamId> } | undefined

  /** The cursor of the engine of the moment, with every stream as far as it is. */
  async function hold({ engine, generation }: Current): Promise<NonNullable<typeof held>> {
    if (held?.generation === generation) return held
    const cursor = engine.openCursor()
    const ids = new Map([...kept].map(([id, { voice }]) => [id, cursor.open(voice)]))
    const begun = [...kept].filter(([, { tokens }]) => tokens.length > 0)
    await cursor.feed(begun.map(([id, { tokens }]) => ({ stream: ids.get(id) ?? id, tokens })))
    held = { generation, cursor, ids }
    return held
  }

  const find = (stream: StreamId): Kept => {
    const found = kept.get(stream)
    if (found) return found
    throw new ConvergeError('internal', `There is no stream ${stream}.`, { stream })
  }
  /** The inner cursor and id, while the engine that holds them is still the one. */
  const inner = (stream: StreamId): [LmCursor, StreamId] | undefined => {
    const id = held?.generation === getCurrent().generation ? held.ids.get(stream) : undefined
    return held && id !== undefined ? [held.cursor, id] : undefined
  }
  const keep = (stream: Kept): StreamId => {
    lastId += 1
    kept.set(lastId, stream)
    return lastId
  }

  return {
    open(voice) {
      const id = keep({ voice, tokens: [] })
      if (held?.generation === getCurrent().generation) held.ids.set(id, held.cursor.open(voice))
      return id
    },
    async feed(feeds) {
      const logits = await attempt(async (current) => {
        const { cursor, ids } = await hold(current)
        return cursor.feed(feeds.map(({ stream, tokens }) => ({ stream: ids.get(stream) ?? stream, tokens })))
      })
      for (const { stream, tokens } of feeds) find(stream).tokens = [...find(stream).tokens, ...tokens]
      return logits
    },
    length: (stream) => find(stream).tokens.length,
    branch(stream) {
      const id = keep({ ...find(stream) })
      const from = inner(stream)
      if (held && from) held.ids.set(id, from[0].branch(from[1]))
      return id
    },
    rewind(stream, length) {
      const own = find(stream)
      own.tokens = own.tokens.slice(0, length)
      const at = inner(stream)
      at?.[0].rewind(at[1], length)
    },
    close(stream) {
      const at = inner(stream)
      at?.[0].close(at[1])
      kept.delete(stream)
    },
    dispose() {
      kept.clear()
      held?.cursor.dispose()
    },
  }
}

async function startSafeBatch(
  specs: readonly StreamSpec[],
  vocabulary: Vocabulary,
  attempt: Attempt,
): Promise<LmBatch> {
  const drawn: Drawn[][] = specs.map(() => [])
  let held = await attempt(async ({ engine, generation }) => ({
    generation,
    batch: await engine.start(specs),
  }))

  async function hold({ engine, generation }: Current): Promise<LmBatch> {
    if (held.generation !== generation) {
      held.batch.dispose()
      held = { generation, batch: await startRuleBatch(engine.openCursor(), specs, vocabulary, { drawn }) }
    }
    return held.batch
  }

  return {
    get done() {
      return held.batch.done
    },
    async run(steps) {
      const news = await attempt(async (current) => (await hold(current)).run(steps))
      news.forEach((tokens, i) => drawn[i].push(...tokens))
      return news
    },
    dispose: () => held.batch.dispose(),
  }
}
