/**
 * Owns: a sentence's words and marks -> the phones a spoken row holds, without the silence at both ends. Phones are a
 * flat list with a space before every word but the first; marks stand where they are heard. Knows no model: words that
 * the lexicon lacks are asked for by the caller (`unknownWords`) and come back as `sayAs`.
 */
import type { Lexicon } from '../1-letters/lexicon'
import { type Mark, type TextToken, closingMark, strongerMark } from '../1-letters/token'
import type { Phone } from '../3-units/vocabulary'
import { isSpeechPhone, isVowel } from './inventory'
import { letterToPhones, spellWord } from './letter-names'
import { ENCLITICS, WEAK_FORMS } from './readings'
import { wordToPhones, wordToStem } from './word-phones'

/** Stem -> phones, as the language model answered. */
export type SayAs = ReadonlyMap<string, readonly Phone[]>

/** Word -> phones, as a person wants it said. */
export type Pronunciations = ReadonlyMap<string, readonly Phone[]>

/** Whose answer a word's phones are; `letters` are named one by one, `typed` came from a person. */
export type WordOrigin = 'lexicon' | 'model' | 'letters' | 'typed'

export interface PlannedWord {
  readonly word: string
  /** Half-open range into the plan's phones. */
  readonly firstPhone: number
  readonly endPhone: number
  readonly origin: WordOrigin
}

export interface PhonePlan {
  readonly phones: readonly Phone[]
  readonly words: readonly PlannedWord[]
}

interface Sources {
  readonly lexicon: Lexicon
  readonly sayAs: SayAs
  readonly typed: Pronunciations
}

interface ReadWord {
  readonly kind: 'word'
  readonly text: string
  readonly phones: readonly Phone[]
  readonly origin: WordOrigin
}
type ReadItem = ReadWord | { readonly kind: 'mark'; readonly mark: Mark }

/** Stems that neither a person, the lexicon nor a suffix rule can say, each once, in the order they came. */
export function unknownWords(
  tokens: readonly TextToken[],
  lexicon: Lexicon,
  typed: Pronunciations = new Map(),
): readonly string[] {
  const unknown = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'word') continue
    if (!wordToPhones(token.text, undefined, (word) => typed.get(word) ?? lexicon.lookup(word)))
      unknown.add(wordToStem(token.text))
  }
  return [...unknown]
}

/** @param typed words that are said so wherever they stand, with endings too */
export function planPhones(
  tokens: readonly TextToken[],
  lexicon: Lexicon,
  sayAs: SayAs,
  typed: Pronunciations = new Map(),
): PhonePlan {
  const items = readItems(tokens, { lexicon, sayAs, typed })
  const wordCount = items.filter((item) => item.kind === 'word').length
  const phones: Phone[] = []
  const words: PlannedWord[] = []
  for (const [i, item] of items.entries()) {
    if (item.kind === 'mark') {
      phones.push(item.mark)
      continue
    }
    if (phones.length > 0) phones.push(' ')
    const firstPhone = phones.length
    const next = items[i + 1]
    phones.push(...inContext(item, next?.kind === 'word' ? next : undefined, wordCount))
    words.push({ word: item.text, firstPhone, endPhone: phones.length, origin: item.origin })
  }
  return { phones, words }
}

/** Full readings; one mark at most after a word, none before the first, a closing one after the last. */
function readItems(tokens: readonly TextToken[], sources: Sources): readonly ReadItem[] {
  const items: ReadItem[] = []
  for (const token of tokens) {
    const last = items[items.length - 1]
    if (token.kind !== 'mark') {
      const previous = last?.kind === 'word' ? last.text : undefined
      const word = readWord(token.kind, token.text, previous, sources)
      if (word.phones.length > 0) items.push(word)
    } else if (last?.kind === 'mark') {
      items[items.length - 1] = { kind: 'mark', mark: strongerMark(last.mark, token.mark) }
    } else if (last) {
      items.push(token)
    }
  }
  const last = items[items.length - 1]
  if (!last) return items
  const closing = { kind: 'mark', mark: closingMark(last.kind === 'mark' ? last.mark : undefined) } as const
  return last.kind === 'mark' ? [...items.slice(0, -1), closing] : [...items, closing]
}

function readWord(
  kind: 'word' | 'letter',
  text: string,
  previous: string | undefined,
  { lexicon, sayAs, typed }: Sources,
): ReadWord {
  if (kind === 'letter') return { kind: 'word', text, phones: letterToPhones(text), origin: 'letters' }
  // No word before decides what a person taught.
  const taught = wordToPhones(text, undefined, (word) => typed.get(word))
  if (taught) return { kind: 'word', text, phones: taught, origin: 'typed' }
  const known = wordToPhones(text, previous, lexicon.lookup)
  if (known) return { kind: 'word', text, phones: known, origin: 'lexicon' }
  const answered = wordToPhones(text, previous, (word) => lexicon.lookup(word) ?? speechOnly(sayAs.get(word)))
  if (answered) return { kind: 'word', text, phones: answered, origin: 'model' }
  return { kind: 'word', text, phones: spellWord(text), origin: 'letters' }
}

/** A model may close its answer with a mark, or answer nothing. */
function speechOnly(answer: readonly Phone[] | undefined): readonly Phone[] | undefined {
  const speech = answer?.filter(isSpeechPhone)
  return speech && speech.length > 0 ? speech : undefined
}

const THEE: readonly Phone[] = ['DH', 'IY0']
const TO_BEFORE_VOWEL: readonly Phone[] = ['T', 'UH0']
const INTO_BEFORE_VOWEL: readonly Phone[] = ['IH0', 'N', 'T', 'UH0']
const YOU_ALONE: readonly Phone[] = ['Y', 'UW0']
const WEAK_I: readonly Phone[] = ['AY2']

/** Function words are weak inside a clause; `next` is undefined before a mark. */
function inContext(item: ReadWord, next: ReadWord | undefined, wordCount: number): readonly Phone[] {
  const { text, phones, origin } = item
  if (wordCount < 2 || origin === 'letters' || origin === 'typed') return phones
  if (next || ENCLITICS.has(text)) {
    const beforeVowel = next !== undefined && isVowel(next.phones[0])
    if (beforeVowel && text === 'the') return THEE
    if (beforeVowel && text === 'to') return TO_BEFORE_VOWEL
    if (beforeVowel && text === 'into') return INTO_BEFORE_VOWEL
    if (text === 'you' && wordCount === 2) return YOU_ALONE
    const weak = WEAK_FORMS.get(text)
    if (weak) return weak
  }
  return text === 'i' ? WEAK_I : phones
}
