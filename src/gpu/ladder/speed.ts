/**
 * Owns: how fast an engine is here, at both of its heights, in tokens a second measured for a moment: one take that draws
 * for itself, and a search that reads logits at every step. Between runs it steps aside, so that nobody waits for it;
 * only the runs themselves are timed.
 */
import { planToRule } from '../../speech/3-units/streams'
import type { LmCursor } from '../lm-engine'
import type { Ladder } from './load'
import { knownStream } from './known-answer'

/** Resolves when it is the measurement's turn. */
type Pause = () => Promise<void>

const MEASURED_MS = 300
/** First steps compile, allocate and learn how long a pass takes. */
export const WARM_UP_STEPS = 2
const STEPS_A_RUN = 16
/** Histories of the search, as many as listening keeps. */
const HISTORIES = 8

export async function measureTokensPerSecond(
  ladder: Pick<Ladder, 'lm' | 'manifest'>,
  pause: Pause,
): Promise<number> {
  let tokens = 0
  let ms = 0
  while (ms < MEASURED_MS) {
    const batch = await ladder.lm.start([knownStream(ladder)])
    try {
      await batch.run(WARM_UP_STEPS)
      while (!batch.done && ms < MEASURED_MS) {
        await pause()
        const startMs = performance.now()
        const [drawn] = await batch.run(STEPS_A_RUN)
        ms += performance.now() - startMs
        tokens += drawn.length
      }
    } finally {
      batch.dispose()
    }
  }
  return (1000 * tokens) / ms
}

export async function measureSearchedPerSecond(
  ladder: Pick<Ladder, 'lm' | 'manifest' | 'vocabulary'>,
  pause: Pause,
): Promise<number> {
  const cursor = ladder.lm.openCursor()
  try {
    const stepSearch = await beginSearch(ladder, cursor)
    for (let i = 0; i < WARM_UP_STEPS; i++) await stepSearch()
    let tokens = 0
    let ms = 0
    while (ms < MEASURED_MS) {
      await pause()
      const startMs = performance.now()
      await stepSearch()
      ms += performance.now() - startMs
      tokens += HISTORIES
    }
    return (1000 * tokens) / ms
  } finally {
    cursor.dispose()
  }
}

/** @returns what feeds every history its next token, always one after the same prefix */
async function beginSearch(
  ladder: Pick<Ladder, 'manifest' | 'vocabulary'>,
  cursor: LmCursor,
): Promise<() => Promise<unknown>> {
  const { plan, voice } = knownStream(ladder)
  const { prefix } = planToRule(plan, ladder.vocabulary)
  const stem = cursor.open(voice)
  await cursor.feed([{ stream: stem, tokens: prefix }])
  const streams = Array.from({ length: HISTORIES }, () => cursor.branch(stem))
  const token = { id: ladder.vocabulary.unitToId(0), time: 1, phone: 1 }
  return async () => {
    for (const stream of streams) cursor.rewind(stream, prefix.length)
    return cursor.feed(streams.map((stream) => ({ stream, tokens: [token] })))
  }
}
