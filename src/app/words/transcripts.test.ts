/** Transcripts find their recordings, and what is no transcript is said. */
import { expect, test } from 'vitest'
import { readTranscripts, toStem } from './transcripts'

test('by name, whatever the folder, the ending and the case', () => {
  const found = readTranscripts([
    { name: 'set/A.txt', text: 'one\n' },
    { name: 'transcripts.json', text: '{"b.flac": "two", "C": " three "}' },
  ])
  expect([found.get(toStem('other/a.wav')), found.get(toStem('B.wav')), found.get(toStem('c.mp3'))]).toEqual([
    'one',
    'two',
    'three',
  ])
})

test.each(['[1]', '{"a.wav": 3}', 'not JSON', 'null'])('%s is no list of transcripts', (text) => {
  expect(() => readTranscripts([{ name: 'x.json', text }])).toThrow(/holds no transcripts/)
})

test('a name that is a property of every object is only a name', () => {
  expect(
    readTranscripts([{ name: 'x.json', text: '{"__proto__": "no", "constructor.wav": "yes"}' }]),
  ).toEqual(
    new Map([
      ['__proto__', 'no'],
      ['constructor', 'yes'],
    ]),
  )
})
