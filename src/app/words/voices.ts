/** Owns: a voice's short name, and the groups that voices are listed in, from the model's own descriptions. */
import type { LinkVoice } from '../../speech/links/state'
import type { VocoderMoves } from '../../speech/4-wave/moves'
import { formatPercent } from './format'

export interface VoiceEntry {
  readonly name: string
  readonly description: string
}

export interface VoiceGroup {
  readonly accent: string
  readonly voices: readonly VoiceEntry[]
}

/** "af_heart" -> "Heart". */
export function nameToTitle(name: string): string {
  const word = name.slice(name.indexOf('_') + 1)
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** "Heart"; "Heart 70 %, George 30 %" */
export function voiceToTitle(voice: LinkVoice): string {
  switch (voice.kind) {
    case 'name':
      return nameToTitle(voice.name)
    case 'mix': {
      const total = voice.parts.reduce((sum, { weight }) => sum + weight, 0)
      return voice.parts
        .filter(({ weight }) => weight > 0)
        .map(({ name, weight }) => `${nameToTitle(name)} ${formatPercent(weight / total)}`)
        .join(', ')
    }
    case 'vector':
      return 'A recorded voice'
  }
}

/** ", pitch +2 semitones, pace 1.25"; empty where nothing is moved. */
export function movesToText({ pitchSemitones, pace, breathinessDb }: VocoderMoves): string {
  const signed = (value: number) => (value > 0 ? `+${value}` : `−${-value}`)
  return [
    ...(pitchSemitones === 0 ? [] : [`, pitch ${signed(pitchSemitones)} semitones`]),
    ...(pace === 1 ? [] : [`, pace ${pace}`]),
    ...(breathinessDb === 0 ? [] : [`, breath ${signed(breathinessDb)} dB`]),
  ].join('')
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
