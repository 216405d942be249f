/** Owns: how the bench draws: by temperature alone, nothing cut off. */
import type { SamplingOptions } from '../src/speech/3-units/sampling'

export const NO_CUTS = { topP: 1, topK: 0, minP: 0 }

export const uncut = (temperature: number): SamplingOptions => ({ ...NO_CUTS, temperature })
