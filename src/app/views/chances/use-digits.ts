/** Owns: the digits of the unit in view, read when it comes into view; another unit stops the reading. */
import { useEffect, useState } from 'react'
import type { Unit } from '../../../speech/3-units/vocabulary'
import { toPlainError, type PlainError } from '../../../speech/errors'
import type { DigitFigures, VoiceChoice } from '../../../workers/protocol'
import { useServices } from '../../services-context'

interface ReadDigits {
  readonly digits: DigitFigures | undefined
  readonly error: PlainError | null
}

export function useDigits(unit: Unit, voice: VoiceChoice): ReadDigits {
  const { unitDigits } = useServices()
  // A voice is a value: another object with the same parts is the same voice.
  const voiceKey = JSON.stringify(voice)
  const key = `${unit} ${voiceKey}`
  const [failed, setFailed] = useState<{ readonly key: string; readonly error: PlainError } | null>(null)
  const [, setRead] = useState<DigitFigures>()
  const digits = unitDigits.known(unit, voice)
  useEffect(() => {
    const wanted: VoiceChoice = JSON.parse(voiceKey)
    if (unitDigits.known(unit, wanted)) return undefined
    const abort = new AbortController()
    unitDigits.read(unit, wanted, abort.signal).then(setRead, (thrown: unknown) => {
      const error = toPlainError(thrown)
      if (error.code !== 'cancelled') setFailed({ key, error })
    })
    return () => abort.abort()
  }, [unitDigits, unit, voiceKey, key])
  return { digits, error: !digits && failed?.key === key ? failed.error : null }
}
