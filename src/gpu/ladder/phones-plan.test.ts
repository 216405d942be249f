/** Typed phones as a plan, and pronunciations in a text's plan, with the lexicon and the model from disk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatPhones, parsePhones } from '../../speech/2-phones/phones-text'
import { openTestLadder } from '../testing/disk-ladder'
import { finish } from './finish'
import { branchTake } from './branch'
import { drawGrid } from './grid'
import type { Ladder } from './load'
import { phonesToPlan } from './phones-plan'
import { textToPlan } from './plan'
import { speak } from './speak'
import { chooseVoice } from './voice'

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

describe('held phones', () => {
  it('are drawn with their lengths, alone, in a grid and after a branch', async () => {
    const plan = phonesToPlan(ladder, parsePhones('T UW1=15 _ K AE1=3 T S . N OW1=20 .'))
    expect(plan.utterances.flat().join(' ')).not.toContain('=')
    const held = plan.held?.flat() ?? []
    expect(held.filter((frames) => frames !== null)).toEqual([15, 3, 20])
    const isHeld = (durationsFrames: readonly number[]) =>
      held.every((frames, i) => frames === null || durationsFrames[i] === frames)
    const voice = chooseVoice(ladder, { name: 'af_heart' })
    const cuts = { topK: 0, topP: 1, minP: 0 }
    const options = { voice, sampling: { ...cuts, temperature: 0.8 }, seed: 4 }
    const alone = await finish(speak(ladder, plan, options))
    expect(isHeld(alone.durationsFrames)).toBe(true)
    const shape = { temperatures: [0.8], seeds: [4, 5], sharedNoise: 'none', cuts, voice } as const
    const takes = await finish(drawGrid(ladder, plan, shape))
    expect(takes[0].units).toEqual(alone.units)
    expect(isHeld(takes[1].durationsFrames)).toBe(true)
    const [firstUnit] = ladder.vocabulary.unitRange
    const branch = { step: 6, token: firstUnit + 77, noise: { kind: 'new', seed: 9 } } as const
    const branched = await finish(branchTake(ladder, plan, alone, branch, options))
    expect(isHeld(branched.durationsFrames)).toBe(true)
    expect(branched.units).not.toEqual(alone.units)
  })

  it('that are none are refused', () => {
    expect(() => phonesToPlan(ladder, ['AE1=99'])).toThrow(/AE1=99/)
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
