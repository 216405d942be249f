/** Typed phones as a plan, and pronunciations in a text's plan, with the lexicon and the model from disk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatPhones, parsePhones } from '../../speech/2-phones/phones-text'
import { openTestLadder } from '../testing/disk-ladder'
import type { Ladder } from './load'
import { phonesToPlan } from './phones-plan'
import { textToPlan } from './plan'

let ladder: Ladder
beforeAll(async () => {
  ladder = await openTestLadder('int8')
})
afterAll(() => ladder.dispose())

describe('typed phones', () => {
  it.each(['Good morning. How are you, Zorblax?', 'One.', 'a, b, c! d'])(
    'left as the text made them, are the text’s plan: %s',
    async (text) => {
      const plan = await textToPlan(ladder, text)
      const typed = parsePhones(formatPhones(plan.utterances.flatMap((phones) => phones.slice(1, -1))))
      expect(phonesToPlan(ladder, typed, plan)).toEqual(plan)
    },
  )

  it('say which word a person changed, and lose the names where the words are others', async () => {
    const text = await textToPlan(ladder, 'Two cats.')
    const changed = phonesToPlan(ladder, parsePhones('T UW1 _ K AA1 T S .'), text)
    expect(changed.words).toEqual([
      { word: 'two', firstPhone: 1, endPhone: 3, origin: 'lexicon' },
      { word: 'cats', firstPhone: 4, endPhone: 8, origin: 'typed' },
    ])
    expect(phonesToPlan(ladder, parsePhones('T UW1'), text).words).toEqual([])
    expect(() => phonesToPlan(ladder, ['QQ'])).toThrow(/QQ/)
  })
})

describe('pronunciations', () => {
  it('are said so wherever the word stands, full and strong, and asked of nobody', async () => {
    const typed = new Map([
      ['zorblax', ['Z', 'AO1', 'R']],
      ['the', ['DH', 'IY1']],
    ])
    const plan = await textToPlan(ladder, 'The Zorblax of the cat, Zorblax.', typed)
    const said = plan.words.map(({ word, firstPhone, endPhone, origin }) => [
      word,
      plan.utterances.flat().slice(firstPhone, endPhone).join(' '),
      origin,
    ])
    expect(said).toEqual([
      ['the', 'DH IY1', 'typed'],
      ['zorblax', 'Z AO1 R', 'typed'],
      ['of', 'AH0 V', 'lexicon'],
      ['the', 'DH IY1', 'typed'],
      ['cat', 'K AE1 T', 'lexicon'],
      ['zorblax', 'Z AO1 R', 'typed'],
    ])
  })

  it('are refused with marks or without a phone', async () => {
    for (const phones of [[], ['.'], ['AH0', ' '], ['QQ']]) {
      await expect(textToPlan(ladder, 'Hi.', new Map([['hi', phones]]))).rejects.toMatchObject({
        code: 'phones-invalid',
      })
    }
  })
})
