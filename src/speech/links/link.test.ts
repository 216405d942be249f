import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPhones, parsePhones } from '../2-phones/phones-text'
import { linkToState, stateToLink } from './link'
import { DEFAULT_STATE, LINK_LIMITS, VIEWS, type LinkState, type LinkVoice } from './state'

const voiceName = fc.constantFrom('af_heart', 'bm_george', 'jf_nezumi')
const float = fc.float({ min: -4, max: 4, noNaN: true })
const voiceArbitrary: fc.Arbitrary<LinkVoice> = fc.oneof(
  voiceName.map((name): LinkVoice => ({ kind: 'name', name })),
  fc
    .array(fc.record({ name: voiceName, weight: fc.double({ min: 1e-9, max: 10, noNaN: true }) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts): LinkVoice => ({ kind: 'mix', parts })),
  fc.array(float, { minLength: 32, maxLength: 32 }).map((vector): LinkVoice => ({ kind: 'vector', vector })),
)
const tokensArbitrary = fc
  .array(fc.array(fc.nat(1023), { minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 40 })
  .map((phones) => ({ units: phones.flat(), durationsFrames: phones.map(({ length }) => length) }))
const phonesArbitrary = fc
  .array(fc.constantFrom('HH', 'AH0', 'L', 'OW1', '_', ',', '?'), { minLength: 1, maxLength: 20 })
  .map((phones) => ['B', ...phones].join(' '))
  .map(parsePhones)
const seed = fc.maxSafeInteger()
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0)

const stateArbitrary: fc.Arbitrary<LinkState> = fc
  .record({
    view: fc.constantFrom(...VIEWS),
    text: fc.string({ unit: 'grapheme', maxLength: 200 }),
    phones: fc.option(phonesArbitrary, { nil: undefined }),
    voice: voiceArbitrary,
    moves: fc.record({
      pitchSemitones: within(-12, 12),
      pace: within(0.5, 2),
      breathinessDb: within(-24, 24),
    }),
    grid: fc.record({
      temperatures: fc.array(within(0, 100), { minLength: 1, maxLength: 8 }),
      seeds: fc.array(seed, { minLength: 1, maxLength: 8 }),
      sharedNoise: fc.constantFrom('none', 'columns', 'rows'),
    }),
    cuts: fc.record({ topK: fc.nat(1200), topP: within(0.001, 1), minP: within(0, 1) }),
    cell: fc.record({ row: fc.nat(7), column: fc.nat(7) }),
    isChosen: fc.boolean(),
    branches: fc.array(
      fc.record({
        step: fc.nat(3000),
        token: fc.nat(1143),
        noise: fc.oneof(
          fc.constant({ kind: 'same' } as const),
          seed.map((seed) => ({ kind: 'new', seed }) as const),
        ),
      }),
      { maxLength: 5 },
    ),
    step: fc.option(fc.nat(5000), { nil: undefined }),
    hidden: fc.uniqueArray(fc.constantFrom('seed', 'top-k', 'voices', 'engine-bar'), { maxLength: 4 }),
    tokens: fc.option(tokensArbitrary, { nil: undefined }),
  })
  .map(({ cell, isChosen, branches, ...state }) => {
    const { seeds, temperatures } = state.grid
    const chosen = { row: cell.row % seeds.length, column: cell.column % temperatures.length }
    return { ...state, chosen: isChosen ? chosen : undefined, branches: isChosen ? branches : [] }
  })

const XSS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "';alert(String.fromCharCode(88,83,83))//",
  'javascript:alert(1)',
  '<svg/onload=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '&lt;b&gt;&#x27;',
  '\u0000\u202Eevil\u2028\u2029',
  '__proto__',
  '</textarea><iframe srcdoc="<script>alert(1)</script>">',
]

describe('a link', () => {
  it('brings the state back, without a note', () => {
    fc.assert(
      fc.property(stateArbitrary, (state) => {
        expect(linkToState(`#${stateToLink(state)}`)).toEqual({ state, notes: [] })
      }),
      { numRuns: 300 },
    )
  })

  it('is short where little was changed', () => {
    expect(stateToLink(DEFAULT_STATE)).toBe('v=1')
    const state = { ...DEFAULT_STATE, text: 'Good morning, all.', chosen: { row: 0, column: 2 } }
    expect(stateToLink(state)).toBe('v=1&text=Good+morning,+all.&take=0:2')
    expect(linkToState('')).toEqual({ state: DEFAULT_STATE, notes: [] })
    expect(linkToState('?utm_source=mail&text=Hi').state.text).toBe('Hi')
  })

  it('keeps hostile text as text, and believes it nowhere else', () => {
    for (const text of XSS) {
      expect(linkToState(stateToLink({ ...DEFAULT_STATE, text }))).toEqual({
        state: { ...DEFAULT_STATE, text },
        notes: [],
      })
      const hostile = encodeURIComponent(text)
      const everywhere = [
        'view',
        'phones',
        'T',
        'seeds',
        'noise',
        'take',
        'branch',
        'step',
        'tokens',
        'pitch',
        'topp',
      ]
      const { state, notes } = linkToState(everywhere.map((key) => `${key}=${hostile}`).join('&'))
      expect(state).toEqual(DEFAULT_STATE)
      expect(notes).toHaveLength(everywhere.length)
      expect(notes.every((note) => !note.includes('\n') && note.length < 220)).toBe(true)
    }
  })

  it('says for each bad value what was wanted', () => {
    const cases: [string, RegExp][] = [
      ['v=2&text=Hi', /version “2”/],
      ['T=0,0.5,hot', /“T” in the link should be 1 to 16 temperatures/],
      ['T=-1', /“T”/],
      ['T=1e999', /“T”/],
      ['T=0x10', /“T”/],
      [`T=${'1,'.repeat(40)}1`, /“T”/],
      ['seeds=1.5', /“seeds”/],
      ['seeds=9007199254740993', /“seeds”/],
      ['topp=0', /above 0/],
      ['phones=HH+QQ', /ARPAbet/],
      ['voice=__proto__', /“voice”/],
      ['voice=a:0,b:0', /“voice”/],
      ['voice=~AAAA_38', /“voice”/],
      ['take=9:9', /lacks/],
      ['branch=3:4', /no take/],
      ['tokens=AAAA', /packed tokens/],
      [`T=${'1,'.repeat(15)}1&seeds=${'1,'.repeat(31)}1`, /512 takes/],
      [`text=${'x'.repeat(LINK_LIMITS.textCharacters + 1)}`, /at most 20000/],
      [`text=${'x'.repeat(LINK_LIMITS.characters)}`, /not read/],
    ]
    for (const [link, note] of cases) {
      const read = linkToState(link)
      expect(read.notes, `link ${link.slice(0, 60)}`).toEqual([expect.stringMatching(note)])
      expect(read.state).toEqual(DEFAULT_STATE)
    }
  })

  it('refuses to be written too long', () => {
    const text = 'ü'.repeat(LINK_LIMITS.textCharacters)
    expect(() => stateToLink({ ...DEFAULT_STATE, text })).toThrow(/more than a link can hold/)
  })

  it('writes a lone surrogate as the replacement sign', () => {
    const link = stateToLink({ ...DEFAULT_STATE, text: 'a\uD800b🙂' })
    expect(linkToState(link).state.text).toBe('a\uFFFDb🙂')
  })
})

describe('two thousand hostile links', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(...XSS, '__proto__[x]=1', '%', '%ff', '%F0%9F', '&&==', '~', ',,,', 'NaN', '-0', '1e308'),
  )
  const keys = [
    'v',
    'view',
    'text',
    'phones',
    'voice',
    'T',
    'seeds',
    'take',
    'branch',
    'hide',
    'tokens',
    '__proto__',
  ]
  const pair = fc.tuple(fc.constantFrom(...keys, 'constructor', 'prototype', 'toString'), junk)
  const mutant = fc
    .tuple(stateArbitrary, fc.array(fc.tuple(fc.nat(), fc.nat(6), junk), { minLength: 1, maxLength: 4 }))
    .map(([state, edits]) =>
      edits.reduce((link, [at, gone, put]) => {
        const place = at % (link.length + 1)
        return link.slice(0, place) + put + link.slice(place + gone)
      }, stateToLink(state)),
    )
  const hostile = fc.oneof(
    mutant,
    fc
      .array(pair, { maxLength: 12 })
      .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&')),
    junk,
  )

  it('never throw, never change a prototype, and give a state that a link can hold', () => {
    const prototype = Object.getOwnPropertyNames(Object.prototype)
    let slowestMs = 0
    fc.assert(
      fc.property(hostile, (link) => {
        const startMs = performance.now()
        const { state, notes } = linkToState(link)
        slowestMs = Math.max(slowestMs, performance.now() - startMs)
        expect(linkToState(stateToLink(state))).toEqual({ state: withoutLoneSurrogates(state), notes: [] })
        expect(notes.length).toBeLessThanOrEqual(20)
        expect(Object.getPrototypeOf(state)).toBe(Object.prototype)
      }),
      { numRuns: 2000, seed: 8 },
    )
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype)
    expect(({} as Record<string, unknown>)['x']).toBe(undefined)
    // The goal is 50 ms on an idle machine; tests share theirs.
    expect(slowestMs).toBeLessThan(500)
  })
})

const withoutLoneSurrogates = (state: LinkState): LinkState => ({
  ...state,
  text: state.text.replace(/\p{Surrogate}/gu, '\uFFFD'),
})

it('phones look in a link as they do in the editor', () => {
  const link = stateToLink({ ...DEFAULT_STATE, phones: parsePhones('HH AH0 L OW1') })
  expect(link).toBe('v=1&phones=HH+AH0+L+OW1+.')
  expect(formatPhones(linkToState(link).state.phones ?? [])).toBe('HH AH0 L OW1 .')
})
