/** Owns: the voice that speaks where nobody chose one. */

export const USUAL_VOICE = 'af_heart'

/** Models of somebody else may lack the usual voice; then it is their first. @param voices by name */
export function usualVoiceName(voices: object): string {
  if (Object.hasOwn(voices, USUAL_VOICE)) return USUAL_VOICE
  return Object.keys(voices)[0] ?? USUAL_VOICE
}
