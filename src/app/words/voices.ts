/** Owns: a voice's short name, and the groups that voices are listed in, from the model's own descriptions. */
export interface VoiceEntry {
  readonly name: string
  readonly description: string
}

export interface VoiceGroup {
  readonly accent: string
  readonly voices: readonly VoiceEntry[]
}

/** "af_heart" -> "Heart". */
export function voiceToTitle(name: string): string {
  const word = name.slice(name.indexOf('_') + 1)
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** "American woman, about 175 Hz" -> "American". */
function descriptionToAccent(description: string): string {
  return /^(.+?) (?:woman|man)\b/.exec(description)?.[1] ?? 'Other'
}

/** Groups in the order in which the model lists them. */
export function groupVoices(voices: readonly VoiceEntry[]): VoiceGroup[] {
  const groups = new Map<string, VoiceEntry[]>()
  for (const voice of voices) {
    const accent = descriptionToAccent(voice.description)
    groups.set(accent, [...(groups.get(accent) ?? []), voice])
  }
  return [...groups].map(([accent, members]) => ({ accent, voices: members }))
}
