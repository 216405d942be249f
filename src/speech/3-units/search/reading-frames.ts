/**
 * Owns: when each phone of a reading would have been said: its phones are laid beside the sounds that were heard, which have
 * times; a phone that was not heard lies between those that were.
 */
import { alignmentToRate } from '../../measure/errorRate'
import type { Phone } from '../vocabulary'
import { withSilences } from '../streams/speak'
import type { HeardSound, Sounds } from './sounds'

/** Before the first phone somebody has already begun to speak. */
const FIRST_PHONE_FRAMES = 3

/**
 * @param phones without the silences at both ends
 * @param frames of the whole stretch
 * @returns frames of each phone and of the two silences, at least one each; undefined where they don't fit
 */
export function phonesToDurations(
  phones: readonly Phone[],
  heard: readonly HeardSound[],
  sounds: Pick<Sounds, 'names' | 'ofPhone'>,
  frames: number,
  delayFrames: number,
): number[] | undefined {
  if (phones.length === 0 || frames < withSilences(phones).length) return undefined
  const ends = phonesToEnds(phones, heard, sounds, frames, delayFrames)
  const stops = [ends[0] - FIRST_PHONE_FRAMES, ...ends, frames]
  // One frame for each at least, from the front and then from the back.
  for (let i = 0; i < stops.length; i++) stops[i] = Math.max(stops[i], (stops[i - 1] ?? 0) + 1)
  stops[stops.length - 1] = frames
  for (let i = stops.length - 2; i >= 0; i--) stops[i] = Math.min(stops[i], stops[i + 1] - 1)
  return stops.map((stop, i) => stop - (stops[i - 1] ?? 0))
}

/** When each phone ends, in frames; a straight line through those that were not heard. */
function phonesToEnds(
  phones: readonly Phone[],
  heard: readonly HeardSound[],
  { names, ofPhone }: Pick<Sounds, 'names' | 'ofPhone'>,
  frames: number,
  delayFrames: number,
): number[] {
  const { pairs } = alignmentToRate(
    phones.map((phone) => names[ofPhone(phone)]),
    heard.map(({ sound }) => names[sound]),
  )
  const known: (number | undefined)[] = []
  let at = 0
  for (const { kind } of pairs) {
    if (kind !== 'added') known.push(kind === 'missed' ? undefined : heard[at].frames - delayFrames)
    if (kind !== 'missed') at += 1
  }
  const ends: number[] = []
  for (let i = 0; i < known.length; i++) {
    const end = known[i]
    if (end !== undefined) {
      ends.push(end)
      continue
    }
    const next = known.findIndex((value, j) => j > i && value !== undefined)
    const [nextAt, nextEnd] = next < 0 ? [known.length, frames - 1] : [next, known[next] ?? frames]
    const before = ends[i - 1] ?? 0
    ends.push(Math.round(before + (nextEnd - before) / (nextAt - i + 1)))
  }
  return ends
}
