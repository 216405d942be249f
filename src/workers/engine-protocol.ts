/**
 * Owns: the part of the protocol about loading and engines: what is asked for, what runs, and the one message that comes
 * unasked, after its request's end: that another engine runs now.
 */
import type { EngineChoice } from '../gpu/ladder/choose-lm'
import type { EngineName } from '../gpu/lm-engine'
import type { TokenizerName } from '../gpu/networks'

export type { EngineChoice, EngineName, TokenizerName }

export interface LoadRequest {
  readonly type: 'load'
  readonly id: number
  readonly modelsUrl: string
  readonly tokenizer: TokenizerName
  /** Where it can't run or is wrong, another stands in. Absent: `auto`. */
  readonly engine?: EngineChoice
}

export interface EngineInUse {
  readonly engine: EngineName
  /** Why this engine runs, in a sentence or two. */
  readonly reason: string
  /** The other engines, and why each does not run. */
  readonly rejected: readonly { readonly engine: EngineName; readonly reason: string }[]
  /** What the other networks run on, and why, in a sentence or two. */
  readonly networksReason: string
}

/** What the loaded machine is. */
export interface EngineReport extends EngineInUse {
  readonly threads: number
  readonly loadMs: number
  readonly downloadedBytes: number
  readonly cachedBytes: number
  /** False when the browser refused to keep the models; they load again next time. */
  readonly kept: boolean
  readonly sampleRateHz: number
  readonly samplesPerFrame: number
  readonly frameRateHz: number
  readonly voices: readonly { readonly name: string; readonly description: string }[]
}

export type EngineMessage =
  | { readonly type: 'loaded'; readonly id: number; readonly report: EngineReport }
  /** Of the ladder that the request `id` loaded. */
  | {
      readonly type: 'engine-changed'
      readonly id: number
      readonly inUse: EngineInUse
      /** What happened, in one line, where an engine failed half-way. */
      readonly notice?: string
    }
