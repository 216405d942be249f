import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLexicon } from '../../1-letters/lexicon'
import { createGuide, type Place } from './guide'
import { createChannel, parseHearings, type Hearing } from './hearing'
import { createReadingFinder } from './lattice'
import { listCandidates, toReadings } from './readings'
import { BOUNDARY, createSounds, type HeardSound, type Sound } from './sounds'
import { packWordModel, smallVocabulary, type Context } from './testing'
import { lexiconToTrie } from './trie'
import { parseWordModel, UNKNOWN_WORD, type WordModel } from './word-model'
import { createWordSearch, type Column } from './words'

const FORMS = { bad: 'B AA1 D', bead: 'B IY1 D', dot: 'D AA1 T', tea: 'T IY1', team: 'T IY1 D AA0' }
const sounds = createSounds(smallVocabulary)
const lines = Object.entries(FORMS).map(([word, form]) => `${word} ${form}\n`)
const trie = lexiconToTrie(parseLexicon(lines.join('')), sounds)
const equal = trie.words.map(() => 20)
const perHistory = <Value>() => Array.from({ length: 6 }, () => new Map<number, Value>())
const plain = { alone: equal, backoff: [...equal, 0], pairs: perHistory<number>() }
const model = parseWordModel(packWordModel(plain))
const hearing: Hearing = {
  heard: sounds.names.map((_truth, truth) =>
    sounds.names.map((_heard, heard) => (truth === heard ? 0.9 : 0.02)),
  ),
  missed: sounds.names.map(() => 0.03),
  added: sounds.names.map(() => 0.005),
}
const channel = createChannel(hearing, 0.5)
const weights = { language: 1, eachWord: 0, unknownWord: -12, unknownSound: -4, width: 14, most: 300 }
const search = createWordSearch(trie, model, channel, weights)

const toSounds = (phones: string): Sound[] => phones.split(' ').map((phone) => sounds.ofPhone(phone))
const say = (words: readonly (keyof typeof FORMS)[]): Sound[] =>
  words.flatMap((word) => [...toSounds(FORMS[word]), BOUNDARY])
const decode = (heard: readonly Sound[], from: Column = search.start): Column =>
  heard.reduce((column, sound) => search.next(column, channel.said(sound)), from)
const toWords = (column: Column): string[] =>
  createReadingFinder(1)(column.endings).flatMap(({ nodes }) =>
    nodes.map(({ word }) => (word === UNKNOWN_WORD ? '?' : trie.words[word])),
  )

const sentence = fc.array(fc.constantFrom(...(Object.keys(FORMS) as (keyof typeof FORMS)[])), {
  minLength: 1,
  maxLength: 6,
})

test('words heard without a fault are found, whatever they are', () => {
  fc.assert(
    fc.property(sentence, (words) => {
      expect(toWords(decode(say(words)))).toEqual(words)
    }),
  )
})

test('a column is a value: going on from it twice gives the same', () => {
  fc.assert(
    fc.property(sentence, sentence, (first, second) => {
      const column = decode(say(first))
      const once = toWords(decode(say(second), column))
      decode(say(['dot']), column)
      expect(toWords(decode(say(second), column))).toEqual(once)
      expect(once).toEqual([...first, ...second])
    }),
  )
})

test('a column keeps the best few, and what was heard without a fault is among them', () => {
  const narrow = createWordSearch(trie, model, channel, { ...weights, most: 4 })
  const scores = ({ tokens }: Column) => tokens.map((token) => token.score).toSorted((a, b) => b - a)
  fc.assert(
    fc.property(sentence, (words) => {
      let few = narrow.start
      for (const sound of say(words)) {
        few = narrow.next(few, channel.said(sound))
        const kept = scores(few)
        // More than four only where the last ones are equal.
        expect(kept.slice(4).every((score) => score === kept[3])).toBe(true)
      }
      expect(toWords(few)).toEqual(words)
    }),
  )
})

test('a wrong, a missing and an extra sound are forgiven', () => {
  expect(toWords(decode(toSounds('D AA1 B   T IY1').filter((sound) => sound !== BOUNDARY)))).not.toContain(
    '?',
  )
  expect(toWords(decode([...toSounds('B AA1'), BOUNDARY]))).toEqual(['bad'])
  expect(toWords(decode([...toSounds('T IY1 IY1 D AA0'), BOUNDARY]))).toEqual(['team'])
  expect(toWords(decode([...toSounds('B IY1 B'), BOUNDARY]))).toEqual(['bead'])
})

test('sounds that make no word are a word unknown', () => {
  const cheap = createWordSearch(trie, model, channel, { ...weights, unknownWord: -4, unknownSound: -1 })
  const heard = [...toSounds('D IY1 T B AA1 B AA1'), BOUNDARY]
  const column = heard.reduce((last, sound) => cheap.next(last, channel.said(sound)), cheap.start)
  expect(toWords(column)).toEqual(['?'])
})

const toHeard = (words: readonly (keyof typeof FORMS)[]): HeardSound[] =>
  [...say(words), BOUNDARY].map((sound, i) => ({
    phone: sounds.names[sound],
    sound,
    frames: 4 * i + 3,
    probability: 0.9,
    posteriors: new Float32Array(sounds.count),
  }))
const readingWeights = {
  lexical: 1,
  language: 1,
  secondWord: 1,
  sharpness: 0.5,
  mostLookedAt: 20,
  mostTexts: 5,
  textsWidth: 20,
}

test('readings: words in order with their sounds, probabilities and rivals', () => {
  const guide = createGuide(search, channel, 1)
  const heard = toHeard(['bad', 'tea'])
  const place = heard.reduce((last: Place, { sound }) => guide.next(last, sound), guide.start)
  const histories = [{ sounds: heard, score: -1, place }]
  const candidates = listCandidates(histories, trie.words, model, readingWeights)
  const nothing = candidates.map(() => 0)
  const { words, texts } = toReadings(histories, candidates, nothing, trie.words, readingWeights)
  expect(words.map(({ word }) => word)).toEqual(['bad', 'tea'])
  expect(words.map(({ firstSound, endSound }) => [firstSound, endSound])).toEqual([
    [0, 3],
    [4, 6],
  ])
  expect(words[0].rivals.map(({ word }) => word)).toContain('bead')
  for (const { probability, rivals } of words) {
    expect(probability).toBeGreaterThan(0.5)
    const all = [probability, ...rivals.map((rival) => rival.probability)]
    expect(all).toEqual(all.toSorted((a, b) => b - a))
  }
  expect(texts[0].words).toEqual(['bad', 'tea'])
  expect(texts.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1 + 1e-9)

  // What speaks for another reading moves it to the front, and its word above the one that was there.
  const other = candidates.findIndex((candidate) => candidate.words.join(' ') === 'bead tea')
  const more = candidates.map((_, i) => (i === other ? 20 : 0))
  const moved = toReadings(histories, candidates, more, trie.words, readingWeights)
  expect(moved.words.map(({ word }) => word)).toEqual(['bead', 'tea'])
  expect(moved.words[0].probability).toBeGreaterThan(moved.words[0].rivals[0].probability)
  expect(moved.words[1].probability).toBeCloseTo(words[1].probability, 1)
})

test('two words of history speak for a reading that one did not', () => {
  const context = { backoff: 64 + 100, triples: new Map([[trie.words.indexOf('bead'), 1]]) }
  const contexts = perHistory<Context>()
  contexts[model.start].set(trie.words.indexOf('dot'), context)
  const knowing = parseWordModel(packWordModel({ ...plain, contexts }))
  const guide = createGuide(search, channel, 1)
  const heard = toHeard(['dot', 'bad'])
  const place = heard.reduce((last: Place, { sound }) => guide.next(last, sound), guide.start)
  const best = (wordModel: WordModel) =>
    listCandidates([{ sounds: heard, score: -1, place }], trie.words, wordModel, readingWeights)[0].words
  expect(best(model)).toEqual(['dot', 'bad'])
  expect(best(knowing)).toEqual(['dot', 'bead'])
})

test('what is misheard must fit the sounds', () => {
  const file = { sounds: sounds.names, whisper: hearing, mel: hearing }
  expect(parseHearings(file, sounds.names).mel).toEqual(hearing)
  expect(() => parseHearings({ ...file, sounds: [...sounds.names, 'X'] }, sounds.names)).toThrow(
    /another set of phones/,
  )
  expect(() => parseHearings({ ...file, mel: { ...hearing, missed: [] } }, sounds.names)).toThrow(
    /another set of phones/,
  )
  expect(() => parseHearings({ ...file, whisper: undefined }, sounds.names)).toThrow(/whisper/)
})
