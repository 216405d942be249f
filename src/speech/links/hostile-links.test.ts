import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkToState, stateToLink } from './link'
import { stateArbitrary, XSS } from './link-arbitraries'
import type { LinkState } from './state'

const withoutLoneSurrogates = (state: LinkState): LinkState => ({
  ...state,
  text: state.text.replace(/\p{Surrogate}/gu, '\uFFFD'),
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
