import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../2-phones/fixtures/phones.golden.json'
import { parseLexicon } from './lexicon'
import { normaliseText } from './normalise'
import { CASES } from './normalise-cases'

const lexicon = parseLexicon(gunzipSync(readFileSync('public/models/lexicon.gzip')).toString())

/** Short hand: words small, letters to be named as capitals, marks apart. */
function read(text: string): string {
  return normaliseText(text, lexicon.has)
    .tokens.map((token) => {
      if (token.kind === 'mark') return token.mark
      return token.kind === 'letter' ? token.text.slice(0, 1).toUpperCase() + token.text.slice(1) : token.text
    })
    .join(' ')
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  it.each(cases)('%s', (text, reading) => expect(read(text)).toBe(reading))
})

describe('normaliseText', () => {
  it('lists control characters as skipped, each once, and white space never', () => {
    const { tokens, skipped } = normaliseText(
      'one\u0007two\u0000three\u0007 \t\n\r\v\f\u0085 é\u0090four\u007f',
      () => true,
    )
    expect(tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []))).toEqual([
      'one',
      'two',
      'three',
      'e',
      'four',
    ])
    expect([...skipped].sort()).toEqual(['U+0090', '␀', '␇', '␡'].sort())
  })

  it.each(golden.rows.map(({ text, items }) => [text, items]))(
    'divides “%s” as the reference does',
    (text, items) => {
      // The reference writes the letter A as the word that sounds like it.
      expect(read(text).replace(/\bA\b/g, 'ay')).toBe(items)
    },
  )

  it('lists what it cannot read, each once and whole', () => {
    const { skipped, tokens } = normaliseText('hi 😀 👨‍👩‍👧 😀 🇩🇪 שלום ™ \ud800', lexicon.has)
    expect(tokens.length).toBe(2)
    expect(skipped).toEqual(['😀', '👨‍👩‍👧', '🇩🇪', 'ש', 'ל', 'ו', 'ם', '™', '\uFFFD'])
  })

  it('says where words come from', () => {
    const text = 'Café: $5.20 😀 now'
    const stretches = normaliseText(text, lexicon.has).tokens.flatMap((token) =>
      token.kind === 'mark' ? [] : [[token.text, text.slice(token.source.start, token.source.end)]],
    )
    expect(stretches).toEqual([
      ['cafe', 'Café'],
      ...['five', 'dollars', 'and', 'twenty', 'cents'].map((word) => [word, '$5.20']),
      ['now', 'now'],
    ])
  })

  it('has no tokens where there are no words', () => {
    expect(normaliseText(' … !? 😀', lexicon.has).tokens).toEqual([])
  })

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
      .map((units) => String.fromCharCode(...units)),
    fc
      .array(
        fc.constantFrom(
          ...`Aa1,.'-/:$%&@#^*()"? \n½éIVX0stkmpMc5`.split(''),
          'St. ',
          ' 19',
          '://',
          'May ',
          'p.m.',
          '\u0301',
        ),
        { maxLength: 60 },
      )
      .map((pieces) => pieces.join('')),
  )

  it('takes any string: plain words, one mark after each at most, true offsets, a closing mark', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { tokens } = normaliseText(text, lexicon.has)
        const wrong = tokens.filter((token, i) => {
          if (token.kind === 'mark') return i === 0 || tokens[i - 1].kind === 'mark'
          const { start, end } = token.source
          const letters = token.kind === 'word' ? /^[a-z'][a-z']{0,79}$/ : /^[a-z]('s)?$/
          return !letters.test(token.text) || start < 0 || start >= end || end > text.length
        })
        expect(wrong).toEqual([])
        const last = tokens.at(-1)
        expect(last === undefined || (last.kind === 'mark' && '.?!'.includes(last.mark))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    'a',
    '1',
    ' ',
    '.',
    "'",
    '-',
    'a.',
    '1.',
    'a-',
    '1-',
    '1,',
    'A. ',
    '1/',
    '@a',
    'a@',
    '\n',
    '$1',
    'é',
    '😀',
    'A',
    '1:',
    'xX',
    '(',
    'a_',
    '\u0301',
    "a's ",
  ])(
    'finishes 100,000 characters of “%s”',
    (unit) => {
      expect(normaliseText(unit.repeat(100_000 / unit.length), lexicon.has).tokens).toBeDefined()
    },
    5000,
  )
})
