/**
 * Owns: what `doctor` finds out about the engines: each opened by itself, put to the known-answer test and timed; and
 * which of them runs when none is asked for.
 */
import type { EngineChoice } from '../gpu/ladder/choose-lm'
import { answerKnown, type KnownAnswerResult } from '../gpu/ladder/known-answer'
import type { Ladder } from '../gpu/ladder/load'
import { measureTokensPerSecond } from '../gpu/ladder/speed'
import type { EngineName } from '../gpu/lm-engine'
import { toPlainError, type PlainError } from '../speech/errors'
import { openAnyLadder } from './files'

export type EngineReport =
  | (KnownAnswerResult & { readonly tokensPerSecond: number })
  | { readonly engine: EngineName; readonly passed: false; readonly error: PlainError }

export interface EnginesReport {
  /** Those that could be opened. */
  readonly engines: readonly EngineReport[]
  /** Those that this machine does not have. */
  readonly absent: readonly { readonly engine: EngineName; readonly reason: string }[]
  /** When none is asked for, and why; absent where nothing opens at all. */
  readonly runs?: { readonly engine: EngineName; readonly reason: string }
  /** What the other networks run on, or why they don't. */
  readonly networksReason: string
}

const ENGINES = ['wasm', 'wgsl', 'ort'] as const satisfies readonly EngineName[]

/** `folder`: of the models, when others than the published ones are meant. */
export async function testEngines(folder?: string): Promise<EnginesReport> {
  const engines: EngineReport[] = []
  const absent: EnginesReport['absent'][number][] = []
  for (const engine of ENGINES) {
    try {
      await withLadder(engine, folder, async (ladder) => {
        const error = ladder.lmRejected.find((other) => other.engine === engine)?.error
        if (error?.code === 'engine-unavailable') absent.push({ engine, reason: error.message })
        else engines.push(error ? { engine, passed: false, error } : await testEngine(ladder))
      })
    } catch (thrown) {
      // A file that it alone needs may be damaged; the others have a report all the same.
      engines.push({ engine, passed: false, error: toPlainError(thrown) })
    }
  }
  try {
    return await withLadder('auto', folder, async ({ lm, lmReason, networksReason }) => {
      return { engines, absent, runs: { engine: lm.name, reason: lmReason }, networksReason }
    })
  } catch (thrown) {
    return { engines, absent, networksReason: toPlainError(thrown).message }
  }
}

async function withLadder<Result>(
  engine: EngineChoice,
  folder: string | undefined,
  use: (ladder: Ladder) => Promise<Result>,
): Promise<Result> {
  const ladder = await openAnyLadder([], engine, folder)
  try {
    return await use(ladder)
  } finally {
    await ladder.dispose()
  }
}

async function testEngine(ladder: Ladder): Promise<EngineReport> {
  const result = await answerKnown(ladder)
  return { ...result, tokensPerSecond: await measureTokensPerSecond(ladder, async () => undefined) }
}
