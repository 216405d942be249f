/** Owns: the request `digits`: what each digit of a unit does. */
import { measureDigits } from '../../gpu/ladder/digits'
import { chooseVoice } from '../../gpu/ladder/voice'
import type { DigitsRequest } from '../protocol'
import type { TaskContext } from './context'

export async function runDigits({ ladder, post, pause }: TaskContext, { id, unit, voice }: DigitsRequest) {
  const measuring = measureDigits(ladder, unit, chooseVoice(ladder, voice))
  let next = await measuring.next()
  for (; !next.done; next = await measuring.next()) await pause()
  post({ type: 'digits-told', id, digits: next.value })
}
