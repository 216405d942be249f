import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLexicon } from '../../1-letters/lexicon'
import { BOUNDARY, createSounds } from './sounds'
import { smallVocabulary } from './testing'
import { bestBelow, lexiconToTrie, NO_NODE, ROOT, type Trie } from './trie'

const sounds = createSounds(smallVocabulary)

/** Every word with the sounds on the way to it. */
function readTrie(trie: Trie, node = ROOT, way: readonly string[] = []): string[] {
  const words = [...trie.wordIds.subarray(trie.wordStart[node], trie.wordStart[node + 1])]
  const found = words.map((id) => `${trie.words[id]} ${way.join(' ')}`)
  for (let child = trie.firstChild[node]; child !== NO_NODE; child = trie.nextSibling[child]) {
    found.push(...readTrie(trie, child, [...way, sounds.names[trie.sound[child]]]))
  }
  return found
}

const phone = fc.constantFrom('AA0', 'AA1', 'B', 'D', 'IY1', 'T')
const word = fc.stringMatching(/^[a-d]{1,3}$/)
const entries = fc.uniqueArray(fc.record({ word, phones: fc.array(phone, { minLength: 1, maxLength: 4 }) }), {
  minLength: 1,
  maxLength: 12,
  selector: (entry) => entry.word,
})

test('the trie holds every word with its sounds and nothing else', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const trie = lexiconToTrie(
        parseLexicon(list.map(({ word, phones }) => `${word} ${phones.join(' ')}\n`).join('')),
        sounds,
      )
      const wanted = list.map(
        ({ word, phones }) => `${word} ${phones.map((name) => sounds.names[sounds.ofPhone(name)]).join(' ')}`,
      )
      expect(readTrie(trie).toSorted()).toEqual(wanted.toSorted())
    }),
  )
})

test('words that differ in stress alone share a node; every form is found', () => {
  const trie = lexiconToTrie(parseLexicon('bad B AA1 D\nbed B AA0 D\nbed(2) B IY1 D\n'), sounds)
  expect(readTrie(trie).toSorted()).toEqual(['bad B AA D', 'bed B AA D', 'bed B IY D'])
  expect(trie.nodes).toBe(6)
})

test('the best word below a node', () => {
  const trie = lexiconToTrie(parseLexicon('bad B AA1 D\nbeat B IY1 T\n'), sounds)
  const best = bestBelow(trie, (id) => (trie.words[id] === 'beat' ? -1 : -3))
  expect(best[ROOT]).toBe(-1)
  const ways = [...best].toSorted((a, b) => a - b)
  expect(ways).toEqual([-3, -3, -1, -1, -1, -1])
})

test('stress, spaces and marks fold', () => {
  expect(sounds.ofPhone('AA1')).toBe(sounds.ofPhone('AA0'))
  for (const mark of [' ', ',', '.', '_']) expect(sounds.ofPhone(mark)).toBe(BOUNDARY)
  const logits = new Float32Array(smallVocabulary.size).fill(-20)
  logits[smallVocabulary.phoneToId('AA0')] = 1
  logits[smallVocabulary.phoneToId('AA1')] = 2
  logits[smallVocabulary.phoneToId('B')] = 2
  const shares = sounds.posteriors(logits).map(Math.exp)
  expect(shares[sounds.ofPhone('AA0')]).toBeCloseTo((Math.E + Math.E ** 2) / (Math.E + 2 * Math.E ** 2), 5)
  expect(smallVocabulary.idToPhone(sounds.likeliestIds(logits)[sounds.ofPhone('AA0')])).toBe('AA1')
})
