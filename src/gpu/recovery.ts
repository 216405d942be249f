/**
 * Owns: an engine that survives its device. Whatever it wraps may fail half-way (lost, out of memory, wrong): the streams'
 * tokens so far are fed to a new engine, once of the same kind and from then on to the fallback, and the work goes on with
 * the tokens that it would have had. Knows no particular engine.
 */
import { ConvergeError, toPlainError, type PlainError } from '../speech/errors'
import type { Drawn, EngineName, LmBatch, LmEngine, StreamSpec } from './lm-engine'
import { createSafeCursor, type Attempt, type Current } from './safe-cursor'

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
  /** Told once for each change of engine, so that a person sees one line. */
  readonly onRecovery?: (recovery: Recovery) => void
}

/** Engines of the first kind, the first included; then the fallback. */
const MOST_OF_FIRST_KIND = 2

/** @throws what the first `makeEngine` throws */
export async function withRecovery(parts: RecoveryParts): Promise<LmEngine> {
  let current: Current = { engine: await parts.makeEngine(), generation: 0, isLast: false }
  let recovering: Promise<void> | undefined

  async function replace(cause: ConvergeError): Promise<void> {
    const { engine: failed, generation } = current
    await failed.dispose().catch(() => undefined)
    const { whyFallback, ...next } = await makeNext(generation + 1, cause)
    current = next
    const { name } = next.engine
    parts.onRecovery?.({ failed: failed.name, cause, engine: name, ...(whyFallback && { whyFallback }) })
  }

  async function makeNext(
    generation: number,
    { facts }: ConvergeError,
  ): Promise<Current & Pick<Recovery, 'whyFallback'>> {
    let whyFallback: PlainError | undefined
    // What met a limit would meet it again on every engine of its kind.
    if (generation < MOST_OF_FIRST_KIND && facts.limit === undefined) {
      try {
        return { engine: await parts.makeEngine(), generation, isLast: false }
      } catch (error) {
        whyFallback = toPlainError(error)
      }
    }
    const engine = await parts.makeFallback()
    return { engine, generation, isLast: true, ...(whyFallback && { whyFallback }) }
  }

  /** Runs `work` on the engine of the moment, and again on the next one where that fails. */
  async function attempt<T>(work: (current: Current) => Promise<T>): Promise<T> {
    for (;;) {
      const used = current
      try {
        return await work(used)
      } catch (cause) {
        if (!(cause instanceof ConvergeError) || cause.code !== 'engine-failed' || used.isLast) throw cause
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
    start: (specs, drawn) => startSafeBatch(specs, drawn, attempt),
    async dispose() {
      await recovering?.catch(() => undefined) // what it makes is let go too
      await current.engine.dispose()
    },
  }
}

async function startSafeBatch(
  specs: readonly StreamSpec[],
  before: readonly (readonly Drawn[])[] | undefined,
  attempt: Attempt,
): Promise<LmBatch> {
  const drawn: Drawn[][] = specs.map((_, i) => [...(before?.[i] ?? [])])
  let held = await attempt(async ({ engine, generation }) => ({
    generation,
    batch: await engine.start(specs, before),
  }))

  async function hold({ engine, generation }: Current): Promise<LmBatch> {
    if (held.generation !== generation) {
      held.batch.dispose()
      held = { generation, batch: await engine.start(specs, drawn) }
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
