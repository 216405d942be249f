/** Owns: a take's figures and name in short words. */
import type { KeptTake } from '../stores/takes-state'
import { formatSeconds } from './format'

/** `−` rather than a hyphen before numbers below zero. */
export const formatNumber = (value: number, digits: number): string =>
  (value < 0 ? '−' : '') + Math.abs(value).toFixed(digits)

export const formatTemperature = (temperature: number): string => `T ${Number(temperature.toFixed(2))}`

export interface TakeFigure {
  readonly name: string
  readonly unit: string
  readonly toText: (take: KeptTake) => string
  readonly toValue: (take: KeptTake) => number | undefined
}

const figure = (name: string, unit: string, digits: number, toValue: TakeFigure['toValue']): TakeFigure => ({
  name,
  unit,
  toValue,
  toText: (take) => {
    const value = toValue(take)
    return value === undefined ? '–' : `${formatNumber(value, digits)}${unit && ` ${unit}`}`
  },
})

export const TAKE_FIGURES = {
  seconds: figure('Length', 's', 2, ({ statistics }) => statistics.durationSeconds),
  pitch: figure('Mean pitch', 'Hz', 0, ({ statistics }) => statistics.pitch?.meanHz),
  range: figure('Pitch range', 'semitones', 1, ({ statistics }) => statistics.pitch?.rangeSemitones),
  rate: figure('Rate', 'phones/s', 1, ({ statistics }) => statistics.phonesPerSecond),
  pauses: figure('Pauses', '', 0, ({ statistics }) => statistics.pauses),
  pauseSeconds: figure('In pauses', 's', 2, ({ statistics }) => statistics.pauseSeconds),
  entropy: figure('Mean entropy', 'nats', 2, ({ statistics }) => statistics.meanEntropyNats),
  probability: figure('Log-probability', 'nats', 0, ({ statistics }) => statistics.logProbabilityNats),
  phonesWrong: figure('Phones misheard', '', 0, ({ roundTrip }) => roundTrip?.phoneErrors.errors),
  wordsWrong: figure('Words misheard', '', 0, ({ roundTrip }) => roundTrip?.wordErrors?.errors),
}

export function takeToTitle({ data }: Pick<KeptTake, 'data'>): string {
  return `${formatTemperature(data.sampling.temperature)}, seed ${data.seed}`
}

/** For a screen reader that walks from take to take. */
export function takeToSentence(take: KeptTake, name: string): string {
  const { pitch, range } = TAKE_FIGURES
  return `${name}: ${formatSeconds(take.statistics.durationSeconds)}, ${pitch.toText(take)}, range ${range.toText(take)}`
}

export function roundTripToText({ roundTrip }: KeptTake): string {
  if (!roundTrip) return ''
  const { phoneErrors, wordErrors } = roundTrip
  const words = wordErrors ? `, ${wordErrors.errors} of ${wordErrors.length} words` : ''
  return `${phoneErrors.errors} of ${phoneErrors.length} phones${words}`
}
