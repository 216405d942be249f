/**
 * Owns: how fast an engine is here, at both of its heights, in tokens a second measured for a moment: one take that draws
 * for itself, and a search, whose histories read logits at every step, part and end, and whose readings are fed many
 * tokens at a time. Between runs it steps aside, so that nobody waits for it; only the runs themselves are timed.
 */
import { planToRule, type PlacedToken } from '../../speech/3-units/streams'
import { feedEach, type LmCursor } from '../lm-engine'
import type { Ladder } from './load'
import { knownStream } from './known-answer'

/** Resolves when it is the measurement's turn. */
type Pause = () => Promise<void>

type Step = () => Promise<unknown>

const MEASURED_MS = 300
/** First steps compile, allocate and learn how long a pass takes. */
export const WARM_UP_STEPS = 2
const STEPS_A_RUN = 16
/** Histories of the search, as many as listening keeps; at each frame some end, and others part in two. */
const HISTORIES = 8
const PARTING = 2
/** Tokens of a history: seven seconds and what was said in them. */
const POSITIONS = 400

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

/** A search reads about as many runs of a reading's tokens as it hears runs of frames. */
export async function measureSearchedPerSecond(
  ladder: Pick<Ladder, 'lm' | 'manifest' | 'vocabulary'>,
  pause: Pause,
): Promise<number> {
  const cursor = ladder.lm.openCursor()
  try {
    const { hear, read } = await beginSearch(ladder, cursor, pause)
    // A reading runs what hearing has warmed up.
    for (let i = 0; i < WARM_UP_STEPS; i++) {
      await pause()
      await hear()
    }
    const hearMs = await meanMs(hear, pause)
    const readMs = await meanMs(read, pause)
    return (1000 * STEPS_A_RUN * (HISTORIES + 1)) / (STEPS_A_RUN * hearMs + readMs)
  } finally {
    cursor.dispose()
  }
}

async function meanMs(step: Step, pause: Pause): Promise<number> {
  let steps = 0
  let ms = 0
  while (ms < MEASURED_MS / 2) {
    await pause()
    const startMs = performance.now()
    await step()
    ms += performance.now() - startMs
    steps += 1
  }
  return ms / steps
}

/** @returns what a search does at a frame, and with a run of a reading; always after the same tokens */
async function beginSearch(
  ladder: Pick<Ladder, 'manifest' | 'vocabulary'>,
  cursor: LmCursor,
  pause: Pause,
): Promise<{ readonly hear: Step; readonly read: Step }> {
  const { plan, voice } = knownStream(ladder)
  const { prefix } = planToRule(plan, ladder.vocabulary)
  const id = ladder.vocabulary.unitToId(0)
  const units = Array.from({ length: POSITIONS }, (_, i): PlacedToken => ({ id, time: i + 1, phone: 1 }))
  const history = [...prefix, ...units].slice(0, POSITIONS)
  const reading = cursor.open(voice)
  for (let at = 0; at < POSITIONS; at += STEPS_A_RUN) {
    await pause()
    await cursor.feed([{ stream: reading, tokens: history.slice(at, at + STEPS_A_RUN) }])
  }
  let streams = Array.from({ length: HISTORIES }, () => cursor.branch(reading))
  return {
    hear() {
      const parted = streams.slice(0, PARTING).map((stream) => cursor.branch(stream))
      for (const stream of streams.slice(-PARTING)) cursor.close(stream)
      streams = [...parted, ...streams.slice(0, -PARTING)]
      for (const stream of streams) cursor.rewind(stream, POSITIONS)
      return cursor.feed(streams.map((stream) => ({ stream, tokens: units.slice(0, 1) })))
    },
    read() {
      cursor.rewind(reading, POSITIONS)
      return feedEach(cursor, [{ stream: reading, tokens: units.slice(0, STEPS_A_RUN) }])
    },
  }
}
