/**
 * Owns: every pronunciation of the lexicon as one tree of sounds (stress left out). A node is a number; 0 is the root and
 * a parent's number is below its children's. Words are numbered as the lexicon lists them.
 */
import type { Lexicon } from '../../1-letters/lexicon'
import type { Sounds } from './sounds'

/** A word's place in the lexicon. */
export type WordId = number
export type NodeId = number

export const ROOT: NodeId = 0
export const NO_NODE: NodeId = -1

export interface Trie {
  readonly nodes: number
  readonly words: readonly string[]
  /** (node): the sound that leads to a node. */
  readonly sound: Uint8Array
  /** (node): NO_NODE where there is none. */
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  /** (nodes + 1): a node's words are `wordIds` from its start to the next node's. */
  readonly wordStart: Int32Array
  readonly wordIds: Int32Array
}

export function lexiconToTrie(lexicon: Lexicon, sounds: Sounds): Trie {
  const words = [...lexicon.words()]
  // A form is a string of sounds, one code unit each, so that sorting brings shared beginnings together.
  const forms = words.flatMap((word, id) => {
    const spoken = lexicon.forms(word).map((form) => String.fromCharCode(...form.map(sounds.ofPhone)))
    return [...new Set(spoken)].map((form) => ({ form, id }))
  })
  forms.sort((a, b) => (a.form < b.form ? -1 : a.form > b.form ? 1 : a.id - b.id))
  const most = forms.reduce((sum, { form }) => sum + form.length, 1)
  const sound = new Uint8Array(most)
  const firstChild = new Int32Array(most).fill(NO_NODE)
  const nextSibling = new Int32Array(most).fill(NO_NODE)
  const wordCount = new Int32Array(most)
  const lastChild = new Int32Array(most).fill(NO_NODE)
  let nodes = 1
  let path: NodeId[] = [ROOT]
  let before = ''
  for (const { form } of forms) {
    let shared = 0
    while (shared < form.length && form[shared] === before[shared]) shared++
    path = path.slice(0, shared + 1)
    for (let depth = shared; depth < form.length; depth++) {
      const parent = path[depth]
      const node = nodes++
      sound[node] = form.charCodeAt(depth)
      if (lastChild[parent] === NO_NODE) firstChild[parent] = node
      else nextSibling[lastChild[parent]] = node
      lastChild[parent] = node
      path.push(node)
    }
    wordCount[path[form.length]] += 1
    before = form
  }
  const wordStart = new Int32Array(nodes + 1)
  for (let node = 0; node < nodes; node++) wordStart[node + 1] = wordStart[node] + wordCount[node]
  return {
    nodes,
    words,
    sound: sound.slice(0, nodes),
    firstChild: firstChild.slice(0, nodes),
    nextSibling: nextSibling.slice(0, nodes),
    wordStart,
    // Sorted forms are in the order in which their nodes were made.
    wordIds: Int32Array.from(forms, ({ id }) => id),
  }
}

/** (node): the greatest score of any word at or below a node. */
export function bestBelow(trie: Trie, wordScore: (word: WordId) => number): Float32Array {
  const best = new Float32Array(trie.nodes).fill(-Infinity)
  for (let node = trie.nodes - 1; node >= 0; node--) {
    for (let at = trie.wordStart[node]; at < trie.wordStart[node + 1]; at++) {
      best[node] = Math.max(best[node], wordScore(trie.wordIds[at]))
    }
    for (let child = trie.firstChild[node]; child !== NO_NODE; child = trie.nextSibling[child]) {
      best[node] = Math.max(best[node], best[child])
    }
  }
  return best
}
