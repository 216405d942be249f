/**
 * Owns: hearing one unit: held for a moment, stepping through the levels of one of its digits, or in a take's place. Each
 * is decoded once and kept on the shelf, a few dozen of them.
 */
import type { Unit } from '../../speech/3-units/vocabulary'
import { digitsToUnit, unitToDigits } from '../../speech/4-wave/fsq'
import type { SpeechClient } from '../../workers/client'
import type { TakeData, VoiceChoice } from '../../workers/protocol'
import type { SoundShelf, SoundSource } from '../sound-shelf'
import type { EngineStore } from './engine-store'
import type { PlaybackStore } from './playback-store'

export interface UnitSounds {
  /** @throws ConvergeError as the worker does */
  playHeld(unit: Unit, voice: VoiceChoice): Promise<void>
  /** All levels of one digit, from 0 up, the others as they are. */
  playDigit(unit: Unit, digit: number, levels: readonly number[], voice: VoiceChoice): Promise<void>
  playInPlace(take: TakeData, frame: number, unit: Unit): Promise<void>
}

export interface UnitSoundPorts {
  readonly client: Pick<SpeechClient, 'decode' | 'alternative'>
  readonly engine: Pick<EngineStore, 'ensure'>
  readonly shelf: Pick<SoundShelf, 'begin' | 'drop'>
  readonly playback: Pick<PlaybackStore, 'wake' | 'play'>
}

const HELD_FRAMES = 12
/** A breath of the closest thing to silence would be another unit; a shorter hold tells the levels apart as well. */
const DIGIT_FRAMES = 10
const KEPT = 32

export function createUnitSounds({ client, engine, shelf, playback }: UnitSoundPorts): UnitSounds {
  const kept = new Map<string, SoundSource>()

  async function play(key: string, decode: () => Promise<Float32Array<ArrayBuffer>>): Promise<void> {
    playback.wake()
    let source = kept.get(key)
    if (!source) {
      const { sampleRateHz } = await engine.ensure('any')
      const live = shelf.begin(sampleRateHz)
      live.append(await decode())
      await live.finish()
      source = live
      kept.set(key, source)
      const [oldest] = kept
      if (kept.size > KEPT && kept.delete(oldest[0])) shelf.drop(oldest[1].id)
    }
    playback.play(source, 0)
  }

  const decode = (units: readonly Unit[], voice: VoiceChoice) => client.decode({ units, voice, seed: 1 })
  const held = (unit: Unit, frames: number): Unit[] => Array.from({ length: frames }, () => unit)

  return {
    playHeld: (unit, voice) =>
      play(`held ${unit} ${JSON.stringify(voice)}`, () => decode(held(unit, HELD_FRAMES), voice)),
    playDigit(unit, digit, levels, voice) {
      const digits = unitToDigits(unit, levels)
      const units = Array.from({ length: levels[digit] }, (_, level) =>
        held(digitsToUnit(digits.with(digit, level), levels), DIGIT_FRAMES),
      ).flat()
      return play(`levels ${units.join(' ')} ${JSON.stringify(voice)}`, () => decode(units, voice))
    },
    playInPlace: (take, frame, unit) =>
      play(`place ${frame} ${unit} ${take.units.join(' ')} ${JSON.stringify(take.voice)}`, async () => {
        const { samples } = await client.alternative({ take, frame, unit })
        return samples
      }),
  }
}
