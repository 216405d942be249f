/**
 * Owns: what `doctor` finds out about the engines: each opened by itself, put to the known-answer test and timed; and
 * which of them runs when none is asked for.
 */
import { answerKnown, type KnownAnswerResult } from '../gpu/ladder/known-answer'
import type { Ladder } from '../gpu/ladder/load'
import { measureTokensPerSecond } from '../gpu/ladder/speed'
import type { EngineName } from '../gpu/lm-engine'
import type { PlainError } from '../speech/errors'
import { openAnyLadder } from './files'

export type EngineReport =
  | (KnownAnswerResult & { readonly tokensPerSecond: number })
  | { readonly engine: EngineName; readonly passed: false; readonly error: PlainError }

export interface EnginesReport {
  /** Those that could be opened. */
  readonly engines: readonly EngineReport[]
  /** Those that this machine does not have. */
  readonly absent: readonly { readonly engine: EngineName; readonly reason: string }[]
  /** When none is asked for, and why. */
  readonly runs: { readonly engine: EngineName; readonly reason: string }
  /** What the other networks run on. */
  readonly networksReason: string
}

const ENGINES = ['wasm', 'wgsl', 'ort'] as const satisfies readonly EngineName[]

/** `folder`: of the models, when others than the published ones are meant. */
export async function testEngines(folder?: string): Promise<EnginesReport> {
  const engines: EngineReport[] = []
  const absent: EnginesReport['absent'][number][] = []
  for (const engine of ENGINES) {
    const ladder = await openAnyLadder([], engine, folder)
    const error = ladder.lmRejected.find((other) => other.engine === engine)?.error
    if (error?.code === 'engine-unavailable') absent.push({ engine, reason: error.message })
    else engines.push(error ? { engine, passed: false, error } : await testEngine(ladder))
    await ladder.dispose()
  }
  const ladder = await openAnyLadder([], 'auto', folder)
  const { networksReason } = ladder
  const runs = { engine: ladder.lm.name, reason: ladder.lmReason }
  await ladder.dispose()
  return { engines, absent, runs, networksReason }
}

async function testEngine(ladder: Ladder): Promise<EngineReport> {
  const result = await answerKnown(ladder)
  return { ...result, tokensPerSecond: await measureTokensPerSecond(ladder, async () => undefined) }
}
