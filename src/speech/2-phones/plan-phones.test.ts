import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLexicon } from '../1-letters/lexicon'
import { normaliseText } from '../1-letters/normalise'
import type { TextToken } from '../1-letters/token'
import golden from './fixtures/phones.golden.json'
import { type SayAs, planPhones, unknownWords } from './plan-phones'

const lexicon = parseLexicon(gunzipSync(readFileSync('public/models/lexicon.gzip')).toString())
const tokensOf = (text: string) => normaliseText(text, lexicon.has).tokens
const nothing: SayAs = new Map()
const phonesOf = (text: string, sayAs = nothing) =>
  planPhones(tokensOf(text), lexicon, sayAs).phones.join(' ')

describe('planPhones', () => {
  it.each(golden.rows.map(({ text, phones }) => [text, phones]))(
    'reads “%s” as the reference does',
    (text, phones) => {
      expect(planPhones(tokensOf(text), lexicon, nothing).phones.join('|')).toBe(phones)
    },
  )

  it('says where each word lies', () => {
    const { phones, words } = planPhones(
      tokensOf('The cat, zorblax.'),
      lexicon,
      new Map([['zorblax', ['Z', 'AO1']]]),
    )
    expect(
      words.map(({ word, firstPhone, endPhone, origin }) => [
        word,
        phones.slice(firstPhone, endPhone).join(' '),
        origin,
      ]),
    ).toEqual([
      ['the', 'DH AH0', 'lexicon'],
      ['cat', 'K AE1 T', 'lexicon'],
      ['zorblax', 'Z AO1', 'model'],
    ])
  })

  it('adds endings to what the model said', () => {
    expect(phonesOf("zorblax's", new Map([['zorblax', ['Z', 'AE1', 'K', 'S']]]))).toBe('Z AE1 K S IH0 Z .')
  })

  it('says a taught word so with its endings too, before the lexicon and the model are asked', () => {
    const typed = new Map([
      ['gif', ['JH', 'IH1', 'F']],
      ['john', ['Y', 'AA1', 'N']],
      ['zorblax', ['Z', 'AO1']],
    ])
    const tokens = tokensOf("Gif's, gif, John's, john'll, zorblax's, the zorblaxes'")
    expect(unknownWords(tokens, lexicon, typed)).toEqual(['zorblaxes'])
    const { phones, words } = planPhones(tokens, lexicon, nothing, typed)
    expect(
      words
        .filter(({ origin }) => origin === 'typed')
        .map(({ word, firstPhone, endPhone }) => [word, phones.slice(firstPhone, endPhone).join(' ')]),
    ).toEqual([
      ["gif's", 'JH IH1 F S'],
      ['gif', 'JH IH1 F'],
      ["john's", 'Y AA1 N Z'],
      ["john'll", 'Y AA1 N AH0 L'],
      ["zorblax's", 'Z AO1 Z'],
    ])
  })

  it('keeps only speech of a model’s answer', () => {
    expect(phonesOf('zorblax', new Map([['zorblax', ['Z', 'AO1', '.', '_']]]))).toBe('Z AO1 .')
  })

  it.each([nothing, new Map([['qzab', []]]), new Map([['qzab', ['.']]])])(
    'spells what nobody can say',
    (sayAs) => {
      expect(phonesOf('qzab', sayAs)).toBe('K Y UW1   Z IY1   EY1   B IY1 .')
    },
  )

  it('names letters, never as weak words', () => {
    expect(phonesOf('the A B C')).toBe('DH IY0   EY1   B IY1   S IY1 .')
    expect(phonesOf('two NGOs')).toBe('T UW1   EH1 N   JH IY1   OW1 Z .')
  })

  it('closes a piece of a sentence', () => {
    const piece: readonly TextToken[] = tokensOf('yes, no').slice(0, 2)
    expect(planPhones(piece, lexicon, nothing).phones.join(' ')).toBe('Y EH1 S .')
    expect(planPhones([], lexicon, nothing)).toEqual({ phones: [], words: [] })
  })
})

describe('unknownWords', () => {
  it('asks for stems, each once', () => {
    expect(
      unknownWords(tokensOf("Zorblax's cat saw zorblax; zorblaxes' cats, Qzabby'll see"), lexicon),
    ).toEqual(['zorblax', 'zorblaxes', 'qzabby'])
  })

  it('is all that planPhones needs', () => {
    const word = fc.stringMatching(/^[a-z']{1,12}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const tokens = words.map((text) => ({ kind: 'word', text, source: { start: 0, end: 1 } }) as const)
        const sayAs = new Map(unknownWords(tokens, lexicon).map((stem) => [stem, ['AA1']]))
        const plan = planPhones(tokens, lexicon, sayAs)
        expect(plan.words.filter(({ origin, word }) => origin === 'letters' && /[a-z]/.test(word))).toEqual(
          [],
        )
        for (const { firstPhone, endPhone } of plan.words) expect(endPhone).toBeGreaterThan(firstPhone)
      }),
    )
  })
})
