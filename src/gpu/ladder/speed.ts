/**
 * Owns: how fast an engine draws here: tokens a second of one take, measured for a moment. Between runs it steps aside,
 * so that nobody waits for it; only the runs themselves are timed.
 */
import type { Ladder } from './load'
import { knownStream } from './known-answer'

const MEASURED_MS = 300
/** First steps compile, allocate and learn how long a pass takes. */
const WARM_UP_STEPS = 2
const STEPS_A_RUN = 16

/** @param pause resolves when it is this measurement's turn */
export async function measureTokensPerSecond(
  ladder: Pick<Ladder, 'lm' | 'manifest'>,
  pause: () => Promise<void>,
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
