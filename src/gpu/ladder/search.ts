/**
 * Owns: units to words by search: the beam over hear and say, guided by the lexicon and the word model, then the language
 * model's own spelling for words that the lexicon lacks.
 */
import { createChannel } from '../../speech/3-units/search/hearing'
import { createGuide } from '../../speech/3-units/search/guide'
import { toReadings, type Readings } from '../../speech/3-units/search/readings'
import type { HeardSound } from '../../speech/3-units/search/sounds'
import { createWordSearch } from '../../speech/3-units/search/words'
import { SEARCH_WEIGHTS } from '../../speech/3-units/search/weights'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { TokenizerName } from '../networks'
import { hearHistories } from './hear'
import type { Ladder } from './load'
import { spellWords } from './spell-words'

export interface FoundWord {
  readonly word: string
  /** Half-open range of sounds. */
  readonly firstSound: number
  readonly endSound: number
  readonly probability: number
  readonly rivals: Readings['words'][number]['rivals']
  readonly inLexicon: boolean
}

export interface Found {
  readonly sounds: readonly HeardSound[]
  readonly words: readonly FoundWord[]
  readonly texts: readonly { readonly text: string; readonly probability: number }[]
}

/** Histories kept where nobody says otherwise. */
export const DEFAULT_BEAM = 8

/** Yields sounds that every history agrees on, as they become certain. */
export async function* searchUnits(
  ladder: Ladder,
  units: readonly Unit[],
  tokenizer: TokenizerName,
  beam: number,
): AsyncGenerator<{ frames: number; sounds: readonly HeardSound[] }, Found> {
  const { sounds, trie, wordModel, hearings } = ladder.wordTools()
  const channel = createChannel(hearings[tokenizer], SEARCH_WEIGHTS.chance)
  const search = createWordSearch(trie, wordModel, channel, SEARCH_WEIGHTS)
  const guide = createGuide(search, channel, SEARCH_WEIGHTS.lexical)
  const voice = new Float32Array(ladder.manifest.voiceDim)
  const ports = { lm: ladder.lm, vocabulary: ladder.vocabulary, sounds, voice }
  const hearing = hearHistories(ports, units, guide, { beam, width: SEARCH_WEIGHTS.beamWidth })
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) yield step.value
  const readings = toReadings(step.value, trie.words, SEARCH_WEIGHTS)
  return readingsToFound(ladder, readings)
}

async function readingsToFound(ladder: Ladder, { sounds, words, texts }: Readings): Promise<Found> {
  const spelled = await spellWords(
    ladder,
    sounds.map(({ phone }) => phone),
    words,
  )
  const found = words.map(({ word, ...place }, i) => ({
    ...place,
    word: spelled[i],
    inLexicon: word !== undefined,
  }))
  const [best, ...others] = texts
  const known = others.filter((reading) => !reading.words.includes(undefined))
  return {
    sounds,
    words: found,
    texts: [
      ...(best ? [{ text: spelled.join(' '), probability: best.probability }] : []),
      ...known.map((reading) => ({ text: reading.words.join(' '), probability: reading.probability })),
    ],
  }
}
