/**
 * Owns: the states and the hostile texts that links are tried on.
 */
import * as fc from 'fast-check'
import { parsePhones } from '../2-phones/phones-text'
import { VIEWS, type LinkState, type LinkVoice } from './state'

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
  .array(fc.constantFrom('HH', 'AH0', 'L', 'OW1', 'OW1=12', '_', ',', '?'), { minLength: 1, maxLength: 20 })
  .map((phones) => ['B', ...phones].join(' '))
  .map(parsePhones)
const phonesAloneArbitrary = fc.array(fc.constantFrom('HH', 'AH0', 'OW1'), { minLength: 1, maxLength: 5 })
const seed = fc.maxSafeInteger()
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0)

/** Any state that the page may be in. */
export const stateArbitrary: fc.Arbitrary<LinkState> = fc
  .record({
    view: fc.constantFrom(...VIEWS),
    text: fc.string({ unit: 'grapheme', maxLength: 200 }),
    phones: fc.option(phonesArbitrary, { nil: undefined }),
    pronunciations: fc
      .dictionary(fc.constantFrom('gif', "zorblax's", 'a'), phonesAloneArbitrary)
      .map((typed) => new Map(Object.entries(typed))),
    voice: voiceArbitrary,
    moves: fc.record({
      pitchSemitones: within(-12, 12),
      pace: within(0.5, 2),
      breathinessDb: within(-24, 24),
    }),
    temperature: within(0, 1.5),
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
    lesson: fc.option(fc.constantFrom('tokens', 'why-sampling'), { nil: undefined }),
    tokens: fc.option(tokensArbitrary, { nil: undefined }),
  })
  .map(({ cell, isChosen, branches, ...state }) => {
    const { seeds, temperatures } = state.grid
    const chosen = { row: cell.row % seeds.length, column: cell.column % temperatures.length }
    return { ...state, chosen: isChosen ? chosen : undefined, branches: isChosen ? branches : [] }
  })

export const XSS = [
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
