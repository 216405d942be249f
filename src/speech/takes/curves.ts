/**
 * Owns: several takes as lines of one plot: pitch over time and where each phone begins. On the time axis takes drift
 * apart; on the phones' axis (phone i spans i … i + 1) they lie over one another. Plain arrays; draws nothing.
 */
import type { Phone } from '../3-units/vocabulary'
import { CONTROLS_PER_UNIT } from '../4-wave/controls'

export interface CurveSource {
  readonly phones: readonly Phone[]
  readonly durationsFrames: readonly number[]
  /** Pitch of each control frame, two a unit; 0 where it is not voiced. */
  readonly hz: ArrayLike<number>
}

export type CurveAxis = 'seconds' | 'phones'

export interface PhoneBoundary {
  readonly phone: Phone
  readonly start: number
  readonly end: number
}

export interface TakeCurve {
  /** Middle of each control frame, on the axis asked for. */
  readonly at: readonly number[]
  /** null where there is no voice, so that a line breaks there. */
  readonly hz: readonly (number | null)[]
  readonly boundaries: readonly PhoneBoundary[]
}

export function takesToCurves(
  takes: readonly CurveSource[],
  axis: CurveAxis,
  frameRateHz: number,
): TakeCurve[] {
  return takes.map(({ phones, durationsFrames, hz: pitch }) => {
    const at: number[] = []
    const boundaries: PhoneBoundary[] = []
    let frames = 0
    for (const [i, duration] of durationsFrames.entries()) {
      const place = (share: number): number =>
        axis === 'phones' ? i + share : (frames + share * duration) / frameRateHz
      const points = duration * CONTROLS_PER_UNIT
      for (let point = 0; point < points; point++) at.push(place((point + 0.5) / points))
      boundaries.push({ phone: phones[i], start: place(0), end: place(1) })
      frames += duration
    }
    const hz = Array.from(pitch, (value) => (value > 0 ? value : null))
    return { at, hz, boundaries }
  })
}
