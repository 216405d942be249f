import { expect, test } from 'vitest'
import { formatClock, formatCount, formatMegabytes, formatSeconds, textToFileName } from './format'
import { phoneToName, phoneToSign } from './ipa'
import { TEMPERATURE_MAX, temperatureToHint } from './temperature'
import { groupVoices, movesToText, nameToTitle, voiceToTitle } from './voices'

test('numbers as people read them', () => {
  expect(formatClock(75)).toBe('1:15')
  expect(formatClock(7275)).toBe('2:01:15')
  expect(formatCount(1, 'unit')).toBe('1 unit')
  expect(formatCount(1203, 'unit')).toBe('1,203 units')
  expect(formatMegabytes(12_340_000)).toBe('12.3')
  expect(formatSeconds(3.456)).toBe('3.46 s')
})

test('a file is called after what it says', () => {
  expect(textToFileName('The quick brown fox jumps over it.', 'wav')).toBe(
    'the-quick-brown-fox-jumps-over.wav',
  )
  expect(textToFileName('Café, déjà vu!', 'wav')).toBe('cafe-deja-vu.wav')
  expect(textToFileName('😀 ../../', 'wav')).toBe('converge.wav')
})

test('phones in both scripts', () => {
  expect(phoneToSign('AE1', 'ipa')).toBe('ˈæ')
  expect(phoneToSign('AH0', 'ipa')).toBe('ə')
  expect(phoneToSign('AE1', 'arpabet')).toBe('AE1')
  expect(phoneToName('_')).toBe('silence')
})

test('every temperature has a hint', () => {
  const hints = new Set<string>()
  for (let t = 0; t <= TEMPERATURE_MAX; t += 0.05) hints.add(temperatureToHint(t))
  expect(hints.size).toBe(5)
})

test('voices are grouped by the accent in their description', () => {
  const voices = [
    { name: 'af_heart', description: 'American woman, about 190 Hz' },
    { name: 'bm_lewis', description: 'British man, about 100 Hz' },
    { name: 'am_adam', description: 'American man, about 110 Hz' },
    { name: 'odd', description: 'a robot' },
  ]
  expect(groupVoices(voices).map(({ accent, voices: members }) => [accent, members.length])).toEqual([
    ['American', 2],
    ['British', 1],
    ['Other', 1],
  ])
  expect(nameToTitle('af_heart')).toBe('Heart')
  const parts = [
    { name: 'af_heart', weight: 3 },
    { name: 'odd', weight: 0 },
    { name: 'bm_lewis', weight: 1 },
  ]
  expect(voiceToTitle({ kind: 'mix', parts })).toBe('Heart 75 %, Lewis 25 %')
  expect(movesToText({ pitchSemitones: -2, pace: 1, breathinessDb: 3 })).toBe(
    ', pitch −2 semitones, breath +3 dB',
  )
})
