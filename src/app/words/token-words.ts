/** Owns: a token, a step and a chance in words. */
import type { TokenId, Vocabulary } from '../../speech/3-units/vocabulary'
import { formatRate } from './format'
import { phoneToName, phoneToSign, type PhoneScript } from './ipa'

export function tokenToName(token: TokenId, vocabulary: Vocabulary): string {
  if (vocabulary.isUnit(token)) return `unit ${vocabulary.idToUnit(token)}`
  if (vocabulary.isPhone(token)) return `phone ${phoneToName(vocabulary.idToPhone(token))}`
  return token === vocabulary.eos ? 'the end' : `token ${token}`
}

/** As short as a bar's label. */
export function tokenToSign(token: TokenId, vocabulary: Vocabulary, script: PhoneScript): string {
  if (vocabulary.isUnit(token)) return String(vocabulary.idToUnit(token))
  if (vocabulary.isPhone(token)) return phoneToSign(vocabulary.idToPhone(token), script)
  return token === vocabulary.eos ? 'end' : String(token)
}

/** 0.1234 -> `12.3 %`; what is small stays visible. */
export function formatChance(chance: number): string {
  if (chance === 0) return '0'
  if (chance < 0.0005) return '< 0.1 %'
  return formatRate(chance)
}

export const formatNats = (nats: number): string => `${nats.toFixed(2)} nats`
