/**
 * Owns: a take's frame controls, and sound from controls that something was done to: moved, averaged, or decoded with one
 * unit changed.
 */
import { joinSamples } from '../../speech/4-wave/join'
import { createNoise, startPhase } from '../../speech/4-wave/noise'
import { createSynth } from '../../speech/4-wave/synth'
import type { Unit } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import { takeToUtterances, type TakeTokens } from '../../speech/takes/take'
import type { Ladder } from './load'
import type { SpokenPlan } from './plan'

/** The decoder sees each utterance alone, as when it is spoken. @returns (2 frames, controlsPerFrame), all utterances in a row */
export async function takeToControls(
  { networks }: Pick<Ladder, 'networks'>,
  { utterances }: SpokenPlan,
  take: TakeTokens,
  voice: Float32Array,
): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for (const { units } of takeToUtterances(utterances, take)) {
    parts.push(await networks.unitsToControls(units, voice))
  }
  return joinSamples(parts)
}

export function controlsToWave(
  { manifest }: Pick<Ladder, 'manifest'>,
  controls: Float32Array,
  seed: number,
): Float32Array<ArrayBuffer> {
  const synth = createSynth(manifest)
  return synth.synthesise(synth.start(startPhase(seed, 0)), controls, true, createNoise(seed, 0)).samples
}

/** Heard around an alternative: long enough for a syllable on either side. */
const CONTEXT_FRAMES = 16

export interface HeardAlternative {
  readonly samples: Float32Array<ArrayBuffer>
  /** Of the take, where the sound begins. */
  readonly startFrame: number
}

/**
 * Another unit in a take's place `frame`, decoded among its neighbours.
 * @throws ConvergeError `option-invalid` for a frame or a unit that is none
 */
export async function listenToAlternative(
  ladder: Pick<Ladder, 'manifest' | 'networks'>,
  { units }: Pick<TakeTokens, 'units'>,
  { frame, unit }: { readonly frame: number; readonly unit: Unit },
  { voice, seed }: { readonly voice: Float32Array; readonly seed: number },
): Promise<HeardAlternative> {
  const { codes, decoder } = ladder.manifest
  const isUnit = Number.isInteger(unit) && unit >= 0 && unit < codes
  if (!isUnit || !(Number.isInteger(frame) && frame >= 0 && frame < units.length)) {
    throw new ConvergeError(
      'option-invalid',
      'Only a unit of the codebook can stand in a frame of the take.',
      {
        frame,
        unit,
      },
    )
  }
  const changed = units.with(frame, unit)
  const startFrame = Math.max(0, frame - CONTEXT_FRAMES)
  const endFrame = Math.min(units.length, frame + 1 + CONTEXT_FRAMES)
  // What the decoder sees beyond the stretch that is heard.
  const windowStart = Math.max(0, startFrame - decoder.pastFrames)
  const window = changed.slice(windowStart, endFrame + decoder.futureFrames)
  const controls = await ladder.networks.unitsToControls(window, voice)
  const perUnit = controls.length / window.length
  const heard = controls.slice((startFrame - windowStart) * perUnit, (endFrame - windowStart) * perUnit)
  return { samples: controlsToWave(ladder, heard, seed), startFrame }
}
