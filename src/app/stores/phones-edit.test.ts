import { expect, test } from 'vitest'
import { formatPhones, parsePhones } from '../../speech/2-phones/phones-text'
import type { SpeakPlan } from '../../workers/protocol'
import { pauseAfter, planToLine, possiblePauses, replaceWord, setPause, wordPhones } from './phones-edit'

/** "Hi, a. Boo!" */
const plan: SpeakPlan = {
  phones: ['_', 'HH', 'AY1', ',', ' ', 'AH0', '.', '_', '_', 'B', 'UW1', '!', '_'],
  utteranceEnds: [8, 13],
  words: [
    { word: 'hi', firstPhone: 1, endPhone: 3, origin: 'lexicon' },
    { word: 'a', firstPhone: 5, endPhone: 6, origin: 'lexicon' },
    { word: 'boo', firstPhone: 9, endPhone: 11, origin: 'model' },
  ],
  skipped: [],
}
const [hi, a, boo] = plan.words

test('the line is what a person would type for the plan', () => {
  expect(formatPhones(planToLine(plan))).toBe('HH AY1 , AH0 . B UW1 !')
  expect(parsePhones(formatPhones(planToLine(plan)))).toEqual(planToLine(plan))
})

test('a held phone keeps its length, wherever else the line is edited', () => {
  const held = plan.phones.map((phone) => (phone === 'AY1' ? 9 : null))
  const holding = { ...plan, held }
  expect(wordPhones(holding, hi)).toEqual(['HH', 'AY1=9'])
  expect(formatPhones(replaceWord(holding, boo, ['B']))).toBe('HH AY1=9 , AH0 . B !')
  expect(formatPhones(setPause(holding, hi, 'none'))).toBe('HH AY1=9 _ AH0 . B UW1 !')
})

test('a word is replaced in its place, in any utterance', () => {
  expect(formatPhones(replaceWord(plan, hi, ['HH', 'IY1']))).toBe('HH IY1 , AH0 . B UW1 !')
  expect(formatPhones(replaceWord(plan, boo, ['B']))).toBe('HH AY1 , AH0 . B !')
})

test('pauses are set, changed and taken away', () => {
  expect([hi, a, boo].map((word) => pauseAfter(plan, word))).toEqual([',', '.', '!'])
  expect(formatPhones(setPause(plan, hi, 'none'))).toBe('HH AY1 _ AH0 . B UW1 !')
  expect(formatPhones(setPause(plan, hi, '?'))).toBe('HH AY1 ? AH0 . B UW1 !')
  expect(formatPhones(setPause(plan, a, 'none'))).toBe('HH AY1 , AH0 _ B UW1 !')
  expect(possiblePauses(plan, hi)).toContain('none')
  expect(possiblePauses(plan, boo)).toEqual(['.', '?', '!'])
})
