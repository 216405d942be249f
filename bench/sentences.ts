/** Owns: what is said in the bench: 20 held-out sentences. */
import sentences from './sentences.json'

export const SENTENCES: readonly string[] = sentences
