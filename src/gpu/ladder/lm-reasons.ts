/**
 * Owns: what is said of the engines of the language model: why one runs, why each other does not, and what happened when
 * the one that ran failed half-way.
 */
import { toPlainError, type PlainError } from '../../speech/errors'
import type { EngineName } from '../lm-engine'
import type { Recovery } from '../recovery'

/** `engine-unavailable`: it can't run here, is slower or was not tried. Any other code: it ran and failed. */
export interface RejectedLm {
  readonly engine: EngineName
  readonly error: PlainError
}

export interface LmReasons {
  /** Why this engine runs, in a sentence or two for a person. */
  readonly lmReason: string
  /** The other engines, and why each does not run. */
  readonly lmRejected: readonly RejectedLm[]
}

/** After a recovery. */
export interface LmChange extends LmReasons {
  /** What happened, in one line. */
  readonly notice: string
}

export const ENGINE_TITLES: Record<EngineName, string> = {
  wasm: 'WebAssembly',
  wgsl: 'WebGPU',
  ort: 'ONNX Runtime',
}

export const rejected = (engine: EngineName, reason: string): RejectedLm => ({
  engine,
  error: { code: 'engine-unavailable', message: reason, facts: {} },
})

/** The list with the engine's own entry in the place of an older one. */
export const withRejected = (others: readonly RejectedLm[], added: RejectedLm): readonly RejectedLm[] => [
  added,
  ...others.filter(({ engine }) => engine !== added.engine),
]

export function recoveryToChange({ engine, cause, whyFallback }: Recovery, before: LmReasons): LmChange {
  const went = 'What was under way went on, with the same tokens, on'
  if (engine === 'wgsl') return { ...before, notice: `${cause.message} ${went} a new one.` }
  const failed = { engine: 'wgsl', error: whyFallback ?? toPlainError(cause) } as const
  return {
    lmReason: `It stands in for WebGPU, which failed. ${cause.message}`,
    lmRejected: withRejected(before.lmRejected, failed).filter((other) => other.engine !== engine),
    notice: `${cause.message} ${went} ${ENGINE_TITLES[engine]}.`,
  }
}
