/** Owns: who speaks in the bench, in turn: women and men, American and British. The peers' setup reads the same file. */
import voices from './voices.json'

export const VOICES: readonly string[] = voices
