/**
 * Owns: what should have been heard: a transcript's phones (no pauses, no marks) by the project's own reading rules and
 * word list, without any model.
 */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { parseLexicon } from '../src/speech/1-letters/lexicon'
import { normaliseText } from '../src/speech/1-letters/normalise'
import { splitUtterances } from '../src/speech/1-letters/utterances'
import { planPhones, unknownWords } from '../src/speech/2-phones/plan-phones'
import type { Phone } from '../src/speech/3-units/vocabulary'

const LEXICON = new URL('../public/models/lexicon.gzip', import.meta.url)
const lexicon = readFile(LEXICON).then((bytes) => parseLexicon(gunzipSync(bytes).toString('utf8')))

/** @throws where a word is not in the list: its phones would be a guess */
export async function transcriptToPhones(text: string): Promise<Phone[]> {
  const words = await lexicon
  const { tokens } = normaliseText(text, (word) => words.has(word))
  const unknown = unknownWords(tokens, words)
  if (unknown.length > 0) throw new Error(`not in the word list: ${unknown.join(', ')}`)
  return splitUtterances(tokens)
    .flatMap((utterance) => [...planPhones(utterance, words, new Map()).phones])
    .filter((phone) => /^[A-Z]/.test(phone))
}
