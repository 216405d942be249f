/** Owns: a take as it is cited: what is said, that a machine says it, with what settings, where to hear it. */
import type { SpeakSettings } from '../stores/speak-settings'
import { cutsToText } from './cuts'
import { movesToText, voiceToTitle } from './voices'

const MOST_CHARACTERS = 120

export function toCitation(settings: SpeakSettings, url: string, today: Date): string {
  const { voice, moves, temperature, seed, cuts } = settings
  const text = settings.text.replace(/\s+/g, ' ').trim()
  const said = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
  const day = today.toISOString().slice(0, 10)
  const how = `voice ${voiceToTitle(voice)}${movesToText(moves)}, temperature ${temperature}, seed ${seed}${cutsToText(cuts)}`
  return `“${said}” [synthetic speech]. Converge, ${how}. Made ${day}. ${url}`
}
