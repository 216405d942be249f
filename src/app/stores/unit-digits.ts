/** Owns: what the digits of a unit do, asked once of the worker for each unit and voice, and kept, some hundreds of them. */
import type { Unit } from '../../speech/3-units/vocabulary'
import type { SpeechClient } from '../../workers/client'
import type { DigitFigures, VoiceChoice } from '../../workers/protocol'
import type { EngineStore } from './engine-store'

export interface UnitDigits {
  /** What is known already. */
  known(unit: Unit, voice: VoiceChoice): DigitFigures | undefined
  /** @throws ConvergeError as the worker does, or `cancelled` */
  read(unit: Unit, voice: VoiceChoice, signal: AbortSignal): Promise<DigitFigures>
}

export interface UnitDigitsPorts {
  readonly client: Pick<SpeechClient, 'digits'>
  readonly engine: Pick<EngineStore, 'ensure'>
}

const KEPT = 200

export function createUnitDigits({ client, engine }: UnitDigitsPorts): UnitDigits {
  const kept = new Map<string, DigitFigures>()
  const toKey = (unit: Unit, voice: VoiceChoice) => `${unit} ${JSON.stringify(voice)}`
  return {
    known: (unit, voice) => kept.get(toKey(unit, voice)),
    async read(unit, voice, signal) {
      await engine.ensure('any')
      const digits = await client.digits({ unit, voice }, undefined, signal)
      kept.set(toKey(unit, voice), digits)
      const [oldest] = kept.keys()
      if (kept.size > KEPT) kept.delete(oldest)
      return digits
    },
  }
}
