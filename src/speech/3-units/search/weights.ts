/**
 * Owns: how much each part of word search counts; tuned on speech that no test hears (docs/listening.md has the figures).
 */
import type { ReadingWeights } from './readings'
import type { WordWeights } from './words'

export interface SearchWeights extends WordWeights, ReadingWeights {
  /** How much of the chance of a heard sound is divided out, 0 to 1. */
  readonly chance: number
  /** Nats below the best history at which one is given up. */
  readonly beamWidth: number
  /** From which share on hearing or saying is certain. */
  readonly certain: number
  /** Multiplies how well a reading, said, would give the units that were heard; ln of the units' probability. */
  readonly spoken: number
}

export const SEARCH_WEIGHTS: SearchWeights = {
  lexical: 0.7,
  chance: 0.3,
  language: 1,
  eachWord: -0.5,
  unknownWord: -14,
  unknownSound: -4.5,
  width: 12,
  most: 300,
  beamWidth: 5,
  certain: 0.6,
  sharpness: 0.7,
  secondWord: 1.4,
  mostLookedAt: 40,
  mostTexts: 6,
  textsWidth: 3.5,
  spoken: 0.08,
}
