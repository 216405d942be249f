/**
 * Owns: the figures of one take that a person compares: length, rate, pauses, pitch, and how sure the model was. Pitch is
 * what the decoder asks of the vocoder, so it is exact. The silence before the first and after the last sound counts in
 * the duration and nowhere else.
 */
import { isSpeechPhone } from '../2-phones/inventory'
import type { Phone } from '../3-units/vocabulary'
import { percentile, voicedHz } from './pitch'
import type { TakeTrace } from './take'

export interface MeasuredTake extends Partial<TakeTrace> {
  /** Over all utterances, silences included. */
  readonly phones: readonly Phone[]
  readonly durationsFrames: readonly number[]
  /** (2 frames, controlsPerFrame) */
  readonly controls?: Float32Array
}

export interface TakeShape {
  readonly frameRateHz: number
  readonly controlsPerFrame: number
}

export interface PitchStatistics {
  readonly meanHz: number
  /** 5th and 95th percentile: a single creaky frame is no range. */
  readonly lowHz: number
  readonly highHz: number
  readonly rangeSemitones: number
  /** Of all frames. */
  readonly voicedFraction: number
}

export interface TakeStatistics {
  readonly durationSeconds: number
  /** From the first sound to the end of the last, pauses included; 0 where there is no sound. */
  readonly speechSeconds: number
  readonly phonesPerSecond: number
  readonly pauses: number
  readonly pauseSeconds: number
  /** undefined without controls, or where no frame is voiced. */
  readonly pitch: PitchStatistics | undefined
  /** Over the steps; undefined where it was not recorded. */
  readonly meanEntropyNats: number | undefined
  readonly logProbabilityNats: number | undefined
}

/** Shorter silences are part of a stop consonant or of nothing at all. */
const SHORTEST_PAUSE_SECONDS = 0.15

export function takeToStatistics(take: MeasuredTake, shape: TakeShape): TakeStatistics {
  const { phones, durationsFrames, controls, entropiesNats, probabilities } = take
  const spoken = phones.flatMap((phone, i) => (isSpeechPhone(phone) ? [i] : []))
  const first = spoken[0] ?? 0
  const end = spoken.length > 0 ? spoken[spoken.length - 1] + 1 : 0
  const toSeconds = (frames: number): number => frames / shape.frameRateHz
  const speechSeconds = toSeconds(sum(durationsFrames.slice(first, end)))
  const pauses = silentRuns(phones.slice(first, end), durationsFrames.slice(first, end))
    .map(toSeconds)
    .filter((seconds) => seconds >= SHORTEST_PAUSE_SECONDS)
  return {
    durationSeconds: toSeconds(sum(durationsFrames)),
    speechSeconds,
    phonesPerSecond: speechSeconds > 0 ? spoken.length / speechSeconds : 0,
    pauses: pauses.length,
    pauseSeconds: sum(pauses),
    pitch: controls && controlsToPitch(controls, shape.controlsPerFrame),
    meanEntropyNats: entropiesNats?.length ? sum(entropiesNats) / entropiesNats.length : undefined,
    logProbabilityNats: probabilities && sum(probabilities.map(Math.log)),
  }
}

/** Frames of each stretch of neighbouring phones that are no speech sound. */
function silentRuns(phones: readonly Phone[], durationsFrames: readonly number[]): number[] {
  const runs: number[] = []
  let isOpen = false
  for (const [i, phone] of phones.entries()) {
    const isSilent = !isSpeechPhone(phone)
    if (isSilent && isOpen) runs[runs.length - 1] += durationsFrames[i]
    else if (isSilent) runs.push(durationsFrames[i])
    isOpen = isSilent
  }
  return runs
}

function controlsToPitch(controls: Float32Array, controlsPerFrame: number): PitchStatistics | undefined {
  const hz = voicedHz(controls, controlsPerFrame).filter((value) => value > 0)
  if (hz.length === 0) return undefined
  const sorted = hz.toSorted((a, b) => a - b)
  const lowHz = percentile(sorted, 0.05)
  const highHz = percentile(sorted, 0.95)
  return {
    meanHz: sum(hz) / hz.length,
    lowHz,
    highHz,
    rangeSemitones: 12 * Math.log2(highHz / lowHz),
    voicedFraction: hz.length / (controls.length / controlsPerFrame),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
