/** Owns: who speaks in the bench, in turn: women and men, American and British. */
export const VOICES = ['af_heart', 'am_michael', 'bf_emma', 'bm_george', 'af_bella'] as const
