import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseLexicon } from '../1-letters/lexicon'
import { INVENTORY, isSpeechPhone, phoneToIpa } from './inventory'

const lexicon = parseLexicon(gunzipSync(readFileSync('public/models/lexicon.gzip')).toString())

describe('INVENTORY', () => {
  it.each(INVENTORY)('$phone is heard in “$example”', ({ phone, example }) => {
    expect(lexicon.lookup(example)?.map((p) => p.replace(/\d/, ''))).toContain(phone)
  })

  it('covers the lexicon', () => {
    const used = new Set([...lexicon.words()].flatMap((word) => lexicon.forms(word).flat()))
    expect([...used].filter((phone) => !isSpeechPhone(phone))).toEqual([])
  })
})

describe('phoneToIpa', () => {
  it.each([
    ['AE1', 'ˈæ'],
    ['OW2', 'ˌoʊ'],
    ['AH0', 'ə'],
    ['AH1', 'ˈʌ'],
    ['ER0', 'ɚ'],
    ['ER1', 'ˈɝ'],
    ['JH', 'dʒ'],
    [',', ','],
    ['_', '_'],
  ])('%s is %s', (phone, ipa) => expect(phoneToIpa(phone)).toBe(ipa))
})
