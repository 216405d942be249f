/**
 * Owns: what a link holds: the page's state as one plain value, and the limits within which it is believed. Knows no URL.
 */
import type { Pronunciations } from '../2-phones/plan-phones'
import { NO_CUTS, type SamplingOptions } from '../3-units/sampling'
import type { Phone } from '../3-units/vocabulary'
import { USUAL_VOICE } from '../voices/usual'
import { NO_MOVES, type VocoderMoves } from '../4-wave/moves'
import type { GridShape } from '../takes/grid'
import type { TakeTokens } from '../takes/take'
import type { Branch } from '../takes/tree'

export const VIEWS = ['speak', 'listen', 'tokens', 'chances', 'generations', 'loop'] as const
export type ViewName = (typeof VIEWS)[number]

export type LinkVoice =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'mix'; readonly parts: readonly { readonly name: string; readonly weight: number }[] }
  /** (voiceDim) */
  | { readonly kind: 'vector'; readonly vector: readonly number[] }

export interface LinkState {
  readonly view: ViewName
  readonly text: string
  /** As a person edited them: no break at either end, a closing mark. undefined where the text decides. */
  readonly phones: readonly Phone[] | undefined
  /** Word, in small letters -> how a person wants it said. */
  readonly pronunciations: Pronunciations
  readonly voice: LinkVoice
  readonly moves: VocoderMoves
  /** Of a take that is spoken alone; its seed is the grid's first. */
  readonly temperature: number
  readonly grid: GridShape
  readonly cuts: Omit<SamplingOptions, 'temperature'>
  /** A cell of the grid. */
  readonly chosen: { readonly row: number; readonly column: number } | undefined
  /** From the chosen cell down, or from the take that was spoken alone, one branch off the other; what is shown is the last. */
  readonly branches: readonly Branch[]
  /** The step in view, over all utterances of the take. */
  readonly step: number | undefined
  /** Names of controls that a lesson leaves out. */
  readonly hidden: readonly string[]
  /** The lesson at the side. */
  readonly lesson: string | undefined
  /** Of the take that is shown, so that it is the same on every engine; its seed is then only where it came from. */
  readonly tokens: TakeTokens | undefined
}

export const DEFAULT_STATE: LinkState = {
  view: 'speak',
  text: 'The quick brown fox jumps over the lazy dog.',
  phones: undefined,
  pronunciations: new Map(),
  voice: { kind: 'name', name: USUAL_VOICE },
  moves: NO_MOVES,
  temperature: 0.7,
  grid: { temperatures: [0, 0.3, 0.6, 0.9, 1.2], seeds: [1, 2, 3], sharedNoise: 'columns' },
  cuts: NO_CUTS,
  chosen: undefined,
  branches: [],
  step: undefined,
  hidden: [],
  lesson: undefined,
  tokens: undefined,
}

export const LINK_LIMITS = {
  /** Of the link; what is longer is not read. */
  characters: 65_536,
  textCharacters: 20_000,
  phones: 2_000,
  pronunciations: 64,
  temperature: 1.5,
  temperatures: 16,
  seeds: 32,
  mixedVoices: 3,
  voiceNumbers: 256,
  branches: 32,
  hidden: 64,
  /** Half an hour. */
  units: 72_000,
} as const
