import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConvergeError } from '../errors'
import { formatPhones, parsePhones } from '../2-phones/phones-text'
import { linkToState, stateToLink } from './link'
import { stateArbitrary, XSS } from './link-arbitraries'
import { DEFAULT_STATE, LINK_LIMITS, type LinkState } from './state'

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
        'say',
        'temp',
        'lesson',
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
      ['say=gif:JH,Gif:K', /words with their phones/],
      ['say=gif:.', /words with their phones/],
      ['say=__proto__:AA1', /words with their phones/],
      ['temp=1.6', /“temp”/],
      ['lesson=../x', /lesson’s name/],
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

  it('refuses to be written as it would not be read', () => {
    const taught = (words: number) =>
      new Map(
        Array.from({ length: words }, (_, i) => [`${'a'.repeat(i % 50)}b${'c'.repeat(i / 50)}`, ['AA1']]),
      )
    const phones = [...Array<string>(LINK_LIMITS.phones).fill('AA1'), '.']
    const cases: [Partial<LinkState>, RegExp][] = [
      [{ text: 'x'.repeat(LINK_LIMITS.textCharacters + 1) }, /at most 20000 characters/],
      [{ phones }, /up to 2000 ARPAbet phones/],
      [{ pronunciations: taught(LINK_LIMITS.pronunciations + 1) }, /up to 64 words with their phones/],
      [{ temperature: 2 }, /number from 0 to 1.5/],
      [{ step: NaN }, /whole number/],
    ]
    for (const [part, wanted] of cases) {
      expect(() => stateToLink({ ...DEFAULT_STATE, ...part })).toThrow(ConvergeError)
      expect(() => stateToLink({ ...DEFAULT_STATE, ...part })).toThrow(wanted)
    }
    const most = { phones: phones.slice(1), pronunciations: taught(LINK_LIMITS.pronunciations) }
    expect(linkToState(stateToLink({ ...DEFAULT_STATE, ...most })).notes).toEqual([])
  })

  it('writes a lone surrogate as the replacement sign', () => {
    const link = stateToLink({ ...DEFAULT_STATE, text: 'a\uD800b🙂' })
    expect(linkToState(link).state.text).toBe('a\uFFFDb🙂')
  })
})

it('phones look in a link as they do in the editor', () => {
  const link = stateToLink({ ...DEFAULT_STATE, phones: parsePhones('HH AH0 L OW1') })
  expect(link).toBe('v=1&phones=HH+AH0+L+OW1+.')
  expect(formatPhones(linkToState(link).state.phones ?? [])).toBe('HH AH0 L OW1 .')
})
