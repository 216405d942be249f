/**
 * Owns: what word search needs besides networks, made from the files when somebody first listens: the trie over the
 * lexicon, the word model and what is misheard.
 */
import type { Lexicon } from '../../speech/1-letters/lexicon'
import { parseHearings, type Hearings } from '../../speech/3-units/search/hearing'
import { createSounds, type Sounds } from '../../speech/3-units/search/sounds'
import { lexiconToTrie, type Trie } from '../../speech/3-units/search/trie'
import { parseWordModel, type WordModel } from '../../speech/3-units/search/word-model'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'

export const WORD_MODEL_FILE = 'words.gzip'
export const HEARING_FILE = 'hearing.json'

export interface WordTools {
  readonly sounds: Sounds
  readonly trie: Trie
  readonly wordModel: WordModel
  readonly hearings: Hearings
}

/** `words` is `words.gzip` unpacked, `hearing` the text of `hearing.json`. @throws ConvergeError as its parts do */
export function makeWordTools(
  words: Uint8Array,
  hearing: string,
  lexicon: Lexicon,
  vocabulary: Vocabulary,
): WordTools {
  const sounds = createSounds(vocabulary)
  const wordModel = parseWordModel(words)
  if (wordModel.words !== lexicon.size) {
    throw new ConvergeError(
      'model-incompatible',
      'The word model was counted for another lexicon. Rebuild it with training/words.',
      { found: wordModel.words, wanted: lexicon.size },
    )
  }
  const hearings = parseHearings(JSON.parse(hearing), sounds.names)
  return { sounds, wordModel, hearings, trie: lexiconToTrie(lexicon, sounds) }
}
