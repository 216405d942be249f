/**
 * Owns: the average of several takes, which is what a point estimate would say: durations averaged phone by phone, then
 * each phone's frames brought to the same number and their controls averaged. Nobody ever said it like that: the pitch
 * lies flat between the takes, the spectrum is smeared. The vocoder can play the result.
 */
import type { SynthShape } from '../4-wave/synth'
import { resampleFrames } from '../4-wave/control-frames'
import { controlLayout, CONTROLS_PER_UNIT } from '../4-wave/controls'
import { joinSamples } from '../4-wave/join'
import { ConvergeError } from '../errors'

export interface AlignedTake {
  readonly durationsFrames: readonly number[]
  /** (2 frames, controlsPerFrame) at 80 Hz */
  readonly controls: Float32Array
}

/** @throws ConvergeError `option-invalid` where the takes say different phones, or there is none */
export function averageTakes(takes: readonly AlignedTake[], decoder: SynthShape['decoder']): AlignedTake {
  const { controlsPerFrame: width } = controlLayout(decoder)
  const phones = takes[0]?.durationsFrames.length ?? 0
  if (phones === 0 || takes.some(({ durationsFrames }) => durationsFrames.length !== phones)) {
    throw new ConvergeError('option-invalid', 'Only takes of the same phones can be averaged.', {
      takes: takes.length,
    })
  }
  const durationsFrames = averageDurations(takes.map((take) => take.durationsFrames))
  const parts = durationsFrames.map((frames, phone) =>
    averageControls(
      takes.map((take) => {
        const first = sum(take.durationsFrames.slice(0, phone)) * CONTROLS_PER_UNIT
        const end = first + take.durationsFrames[phone] * CONTROLS_PER_UNIT
        return resampleFrames(take.controls, width, [first, end], frames * CONTROLS_PER_UNIT)
      }),
      width,
    ),
  )
  return { durationsFrames, controls: joinSamples(parts) }
}

/** Mean ends of the phones, rounded: the total stays the mean's, and no phone loses its last frame. */
function averageDurations(durations: readonly (readonly number[])[]): number[] {
  let meanEnd = 0
  let end = 0
  return durations[0].map((_, phone) => {
    meanEnd += sum(durations.map((take) => take[phone])) / durations.length
    const start = end
    // A hair up: a sum of thirds may fall just below the half that it stands for.
    end = Math.round(meanEnd + 1e-9)
    return end - start
  })
}

/** Pitch is averaged over the takes that are voiced at that moment, or over all where none is. */
function averageControls(takes: readonly Float32Array[], width: number): Float32Array {
  const mean = takes[0].map((_, i) => sum(takes.map((controls) => controls[i])) / takes.length)
  for (let first = 0; first < mean.length; first += width) {
    const voiced = takes.filter((controls) => controls[first + 1] > 0)
    if (voiced.length > 0) mean[first] = sum(voiced.map((controls) => controls[first])) / voiced.length
  }
  return mean
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
