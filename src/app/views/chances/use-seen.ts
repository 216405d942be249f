/** Owns: the step in view, as it is and re-weighted with the sampling that is tried. Runs no model. */
import { useMemo } from 'react'
import type { SamplingOptions } from '../../../speech/3-units/sampling'
import { reweight, type Reweighted } from '../../../speech/takes/reweight'
import type { Vocabulary } from '../../../speech/3-units/vocabulary'
import { useChances, useEngine } from '../../services-context'
import { TEMPERATURE_MAX } from '../../words/temperature'
import type { SeenStep } from '../../stores/seen-steps'

export interface Seen {
  readonly step: SeenStep
  readonly chances: Reweighted
  readonly vocabulary: Vocabulary
}

/** What is tried, as hot as the sliders and links go: a grid may have drawn hotter. */
export function useSampling(): SamplingOptions {
  const sampling = useChances((state) => state.sampling)
  return useMemo(
    () => ({ ...sampling, temperature: Math.min(TEMPERATURE_MAX, sampling.temperature) }),
    [sampling],
  )
}

export function useSeen(): Seen | null {
  const step = useChances((state) => state.steps[state.step])
  const sampling = useSampling()
  const vocabulary = useEngine((state) => state.catalogue?.vocabulary)
  return useMemo(
    () => (step && vocabulary ? { step, vocabulary, chances: reweight(step, sampling, vocabulary) } : null),
    [step, sampling, vocabulary],
  )
}
