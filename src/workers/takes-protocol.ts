/**
 * Owns: the part of the protocol that is about takes: grids of them, what the model thought at each step, branches, other
 * units in a take's place, listening to one's own take, and the average of many. A take travels as plain data with
 * everything that decided it, so the worker keeps none. `protocol.ts` joins these messages to the rest.
 */
import type { HeardWord } from '../gpu/ladder/heard'
import type { TokenizerName } from '../gpu/networks'
import type { ErrorRate } from '../speech/measure/errorRate'
import type { DigitFigures } from '../gpu/ladder/digits'
import type { HeldFrames } from '../speech/3-units/streams/speak'
import type { AllowedTokens, Cuts, DrawAddress, SamplingOptions } from '../speech/3-units/sampling'
import type { Phone, TokenId, Unit } from '../speech/3-units/vocabulary'
import type { GridCell, GridShape } from '../speech/takes/grid'
import type { VocoderMoves } from '../speech/4-wave/moves'
import type { TakeStatistics } from '../speech/takes/statistics'
import type { TakeTokens, TakeTrace, Utterances } from '../speech/takes/take'
import type { Branch } from '../speech/takes/tree'
import type { VoiceChoice, WantedSpeech } from './plan-protocol'

export type { Cuts, DigitFigures }

export interface TakeData extends TakeTokens {
  /** Each utterance's phones, with the silences at both ends. */
  readonly utterances: Utterances
  /** Where a person decided how long phones are. */
  readonly held?: readonly HeldFrames[]
  readonly voice: VoiceChoice
  readonly moves?: VocoderMoves
  readonly sampling: SamplingOptions
  /** Of the tokens' noise. */
  readonly seed: number
  /** Of the vocoder's noise. */
  readonly soundSeed: number
}

export interface GridRequest extends WantedSpeech {
  readonly type: 'grid'
  readonly id: number
  readonly shape: GridShape
  readonly cuts: Cuts
}

/** The sound and the figures of a take that has none yet. */
export interface SoundRequest {
  readonly type: 'sound'
  readonly id: number
  readonly take: TakeData
  /** The samples of `speak`, piece by piece, and not those of a grid; they differ in the last bits. */
  readonly asSpoken?: boolean
}

/** What the model thinks at every step of a take, or while it listens to a stretch of units. */
export interface ChancesRequest {
  readonly type: 'chances'
  readonly id: number
  readonly of:
    | { readonly kind: 'take'; readonly take: TakeData }
    | { readonly kind: 'heard'; readonly units: readonly Unit[] }
}

export interface BranchRequest {
  readonly type: 'branch'
  readonly id: number
  readonly take: TakeData
  readonly branch: Branch
}

/** Another unit in one frame of a take, heard among its neighbours. */
export interface AlternativeRequest {
  readonly type: 'alternative'
  readonly id: number
  readonly take: TakeData
  readonly frame: number
  readonly unit: Unit
}

export interface RoundTripRequest {
  readonly type: 'round-trip'
  readonly id: number
  readonly utterances: Utterances
  /** As spoken; empty where phones were typed. */
  readonly words: readonly string[]
  /** The take's own sound, at the models' rate; transferred. */
  readonly samples: Float32Array<ArrayBuffer>
  readonly tokenizer: TokenizerName
}

/** What a point estimate would say: all takes of the same phones, averaged. */
export interface AverageRequest {
  readonly type: 'average'
  readonly id: number
  readonly takes: readonly TakeData[]
  readonly soundSeed: number
}

/** What each digit of a unit does to the sound, level by level, while the others stay. */
export interface DigitsRequest {
  readonly type: 'digits'
  readonly id: number
  readonly unit: Unit
  readonly voice: VoiceChoice
}

export type TakesRequest =
  | GridRequest
  | SoundRequest
  | ChancesRequest
  | BranchRequest
  | AlternativeRequest
  | RoundTripRequest
  | AverageRequest
  | DigitsRequest

export interface TakeSound {
  /** Mono, at the models' rate; transferred. */
  readonly samples: Float32Array<ArrayBuffer>
  /** Pitch of each control frame (two a unit), 0 where it is not voiced; transferred. */
  readonly hz: Float32Array<ArrayBuffer>
  readonly statistics: TakeStatistics
}

export interface DrawnTake {
  readonly take: TakeData
  readonly trace: TakeTrace
  readonly sound: TakeSound
}

/** Steps in a row, as they were drawn. */
export interface ChanceSteps {
  /** Of the take, over all utterances. */
  readonly firstStep: number
  /** (step, vocabulary); transferred. */
  readonly logits: Float32Array<ArrayBuffer>
  readonly allowed: readonly AllowedTokens[]
  readonly drawn: readonly TokenId[]
  /** Where the noise of each step came from; null where nothing is drawn by chance. */
  readonly addresses: readonly (DrawAddress | null)[]
  /** Units before each step. */
  readonly frames: readonly number[]
  /** Phones before each step: in speaking, the index of the phone that is being spoken. */
  readonly phones: readonly number[]
  /** Under the model, before temperature and cuts. In listening, hearing on is one choice. */
  readonly entropiesNats: readonly number[]
  readonly surprisesNats: readonly number[]
}

export interface RoundTripResult {
  readonly text: string
  readonly words: readonly HeardWord[]
  readonly phones: readonly Phone[]
  /** Without stress and pauses. */
  readonly phoneErrors: ErrorRate
  readonly wordErrors: ErrorRate | null
}

export interface AverageResult {
  readonly durationsFrames: readonly number[]
  readonly sound: TakeSound
}

export type TakesMessage =
  /** How far a cell of the grid has come. */
  | {
      readonly type: 'cell-drawing'
      readonly id: number
      readonly cell: GridCell
      readonly frames: number
      readonly phones: number
    }
  | { readonly type: 'cell-drawn'; readonly id: number; readonly cell: GridCell; readonly drawn: DrawnTake }
  /** The last of a grid. */
  | { readonly type: 'grid-drawn'; readonly id: number; readonly takes: number; readonly totalMs: number }
  | { readonly type: 'sounded'; readonly id: number; readonly sound: TakeSound }
  | { readonly type: 'thought'; readonly id: number; readonly steps: ChanceSteps }
  /** The last of a request for chances. */
  | { readonly type: 'chances-told'; readonly id: number; readonly steps: number }
  | { readonly type: 'branched'; readonly id: number; readonly drawn: DrawnTake }
  | {
      readonly type: 'alternative-heard'
      readonly id: number
      /** Transferred. */
      readonly samples: Float32Array<ArrayBuffer>
      /** Of the take, where the sound begins. */
      readonly startFrame: number
    }
  | { readonly type: 'round-tripped'; readonly id: number; readonly result: RoundTripResult }
  | { readonly type: 'digits-told'; readonly id: number; readonly digits: DigitFigures }
  | { readonly type: 'averaged'; readonly id: number; readonly result: AverageResult }
