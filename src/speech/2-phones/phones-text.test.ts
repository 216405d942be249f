import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConvergeError } from '../errors'
import { INVENTORY } from './inventory'
import { formatPhones, parsePhones } from './phones-text'

describe('parsePhones', () => {
  it.each([
    ['DH AH0 _ K AE1 T', 'DH|AH0| |K|AE1|T|.'],
    ['dh ah0 | k ae1 t / ih1 z?', 'DH|AH0| |K|AE1|T| |IH1|Z|?'],
    ['_ , K AE1 T,M IY1 _ _ ;', 'K|AE1|T|,| |M|IY1|.'],
    ['K AE1 T . !', 'K|AE1|T|!'],
    ['K ae1=8 T=32 .', 'K|AE1=8|T=32|.'],
  ])('reads “%s”', (input, phones) => expect(parsePhones(input).join('|')).toBe(phones))

  it.each([
    ['K AE T', 'AE', 'AE0, AE1 or AE2'],
    ['K XX1', 'XX1', 'ARPAbet'],
    ['K1', 'K1', 'ARPAbet'],
    ['K AE1=0', 'AE1=0', 'its units, 1 to 32'],
    ['K AE1=33', 'AE1=33', 'its units, 1 to 32'],
    ['K AE=8', 'AE=8', 'AE0, AE1 or AE2'],
    ['K =8', '=8', 'its units'],
    ['😀', '😀', 'ARPAbet'],
    [' _ . ', '', 'no phones'],
  ])('refuses “%s” and names what is wrong', (input, found, advice) => {
    expect(() => parsePhones(input)).toThrow(
      expect.objectContaining({
        code: 'phones-invalid',
        facts: expect.objectContaining({ found }),
        message: expect.stringContaining(advice),
      }),
    )
    expect(() => parsePhones(input)).toThrow(ConvergeError)
  })

  it('is the inverse of formatPhones', () => {
    const phone = fc.constantFrom(
      ...INVENTORY.flatMap(({ phone, kind }) =>
        kind === 'vowel' ? [`${phone}0`, `${phone}1`, `${phone}2=7`] : [phone, `${phone}=1`],
      ),
    )
    const word = fc.array(phone, { minLength: 1, maxLength: 6 })
    const clause = fc.tuple(
      fc
        .array(word, { minLength: 1, maxLength: 4 })
        .map((words) => words.flatMap((w, i) => (i > 0 ? [' ', ...w] : w))),
      fc.constantFrom(',', '.', '?', '!', ';', ':'),
    )
    const utterance = fc
      .tuple(fc.array(clause, { maxLength: 3 }), clause, fc.constantFrom('.', '?', '!'))
      .map(([clauses, [last], mark]) => [
        ...clauses.flatMap(([phones, pause]) => [...phones, pause, ' ']),
        ...last,
        mark,
      ])
    fc.assert(
      fc.property(utterance, (phones) => {
        expect(parsePhones(formatPhones(phones))).toEqual(phones)
      }),
    )
  })
})
