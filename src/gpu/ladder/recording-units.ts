/**
 * Owns: a recording to units, stretch by stretch: what each is heard by, and which of its units are the recording's next.
 * Windows of a long recording have margins of their own, and a window without sound is not shown to a tokenizer.
 */
import { PAD_SECONDS } from '../../speech/4-wave/prepare'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { TokenizerName } from '../networks'
import type { Ladder } from './load'
import { recordingToStretches, silenceUnit, stretchToUnits, type Recording, type Stretch } from './tokenize'

export interface UnitStretch {
  readonly stretch: Stretch
  /** Of the recording with its margin: where the stretch begins. */
  readonly firstFrame: number
  /** Of the whole stretch. */
  readonly units: readonly Unit[]
  /** Those that follow the ones before: what lies under a window's margin belongs to its neighbour. */
  readonly next: readonly Unit[]
}

/** @throws ConvergeError as `recordingToStretches` */
export async function* recordingToUnits(
  ladder: Pick<Ladder, 'manifest' | 'networks'>,
  recording: Recording,
  tokenizer: TokenizerName,
): AsyncGenerator<UnitStretch> {
  const { frameRateHz, samplesPerFrame } = ladder.manifest
  const marginFrames = Math.round(PAD_SECONDS * frameRateHz)
  let silence: Unit | undefined
  let doneFrames = 0

  async function toUnits(stretch: Stretch): Promise<Unit[]> {
    if (!stretch.isSilent) return stretchToUnits(ladder, stretch, tokenizer)
    const unit = (silence ??= await silenceUnit(ladder, tokenizer))
    return Array.from({ length: stretch.samples.length / samplesPerFrame }, () => unit)
  }

  for (const stretch of recordingToStretches(ladder, recording)) {
    const { startSeconds, ownSeconds } = stretch
    const units = await toUnits(stretch)
    const firstFrame = Math.round((startSeconds + PAD_SECONDS) * frameRateHz)
    const endFrame = ownSeconds === undefined ? Infinity : Math.round(ownSeconds * frameRateHz) + marginFrames
    const next = units.slice(doneFrames - firstFrame, endFrame - firstFrame)
    doneFrames += next.length
    yield { stretch, firstFrame, units, next }
  }
}
