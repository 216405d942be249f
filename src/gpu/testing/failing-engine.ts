/**
 * Owns: an engine that fails when a test says so, as a lost device does: everything that waits for it is refused from then
 * on, and so is letting it go. Until then it is the engine that it wraps.
 */
import { ConvergeError } from '../../speech/errors'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import { feedEach, type EngineName, type LmCursor, type LmEngine } from '../lm-engine'
import { startRuleBatch, type RuleBatchOptions } from '../rule-batch'

export interface FailingEngine {
  readonly lm: LmEngine
  /** Lets so many feeds pass, and fails at the next and all that come after. */
  failAfter(feeds: number): void
  readonly isDisposed: boolean
  /** Cursors that nobody has disposed of, those of batches included. */
  readonly openCursors: number
}

export function createFailingEngine(
  inner: LmEngine,
  name: EngineName,
  vocabulary: Vocabulary,
  options: Pick<RuleBatchOptions, 'mostAtOnce'> = {},
): FailingEngine {
  let feedsLeft = Infinity
  let isDisposed = false
  const open = new Set<LmCursor>()

  function check(): void {
    if (feedsLeft === 0) throw new ConvergeError('engine-failed', 'It failed, as it was told to.')
    feedsLeft -= 1
  }

  const lm: LmEngine = {
    name,
    openCursor() {
      const cursor = inner.openCursor()
      open.add(cursor)
      return {
        ...cursor,
        async feed(feeds) {
          check()
          return cursor.feed(feeds)
        },
        async feedEach(feeds) {
          check()
          return feedEach(cursor, feeds)
        },
        dispose() {
          open.delete(cursor)
          cursor.dispose()
        },
      }
    },
    start: (specs, drawn) => startRuleBatch(lm.openCursor(), specs, vocabulary, { ...options, drawn }),
    async dispose() {
      isDisposed = true
      if (feedsLeft === 0) throw new Error('What failed can not be let go in order.')
      await inner.dispose()
    },
  }
  return {
    lm,
    failAfter(feeds) {
      feedsLeft = feeds
    },
    get isDisposed() {
      return isDisposed
    },
    get openCursors() {
      return open.size
    },
  }
}
