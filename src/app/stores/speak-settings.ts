/**
 * Owns: the settings of the next take: what is said, by whom and how, and the chances it is drawn with; and the wish that
 * the worker is sent. Plain data, all of which a link can hold.
 */
import type { Pronunciations } from '../../speech/2-phones/plan-phones'
import { NO_CUTS, type Cuts } from '../../speech/3-units/sampling'
import type { Phone } from '../../speech/3-units/vocabulary'
import { NO_MOVES, type VocoderMoves } from '../../speech/4-wave/moves'
import { DEFAULT_STATE, type LinkVoice } from '../../speech/links/state'
import type { VoiceChoice, WantedSpeech } from '../../workers/protocol'
import { TEMPERATURE_DEFAULT } from '../words/temperature'

export interface SpeakSettings {
  readonly text: string
  /** As a person edited them, without silences; undefined where the text decides. */
  readonly phones: readonly Phone[] | undefined
  /** Word, in small letters -> how a person wants it said, wherever it stands. */
  readonly pronunciations: Pronunciations
  readonly voice: LinkVoice
  readonly moves: VocoderMoves
  readonly temperature: number
  readonly seed: number
  /** What may not be drawn, however hot. */
  readonly cuts: Cuts
}

export const SEED_MAX = 999_999

export const DEFAULT_SETTINGS: SpeakSettings = {
  text: '',
  phones: undefined,
  pronunciations: new Map(),
  voice: DEFAULT_STATE.voice,
  moves: NO_MOVES,
  temperature: TEMPERATURE_DEFAULT,
  seed: 1,
  cuts: NO_CUTS,
}

/** The settings alone, out of a larger state. */
export function toSettings(state: SpeakSettings): SpeakSettings {
  const { text, phones, pronunciations, voice, moves, temperature, seed, cuts } = state
  return { text, phones, pronunciations, voice, moves, temperature, seed, cuts }
}

/** What is said, by whom and how, as a request has it. */
export function toWanted(settings: SpeakSettings): WantedSpeech {
  const { text, phones, pronunciations, voice, moves } = settings
  return {
    text,
    ...(phones && { phones }),
    ...(pronunciations.size > 0 && { pronunciations }),
    voice: toVoiceChoice(voice),
    ...(!isStill(moves) && { moves }),
  }
}

export function toVoiceChoice(voice: LinkVoice): VoiceChoice {
  switch (voice.kind) {
    case 'name':
      return { name: voice.name }
    case 'mix':
      return { parts: voice.parts }
    case 'vector':
      return { vector: voice.vector }
  }
}

export const isStill = ({ pitchSemitones, pace, breathinessDb }: VocoderMoves): boolean =>
  pitchSemitones === NO_MOVES.pitchSemitones &&
  pace === NO_MOVES.pace &&
  breathinessDb === NO_MOVES.breathinessDb

/** Whether two takes are asked for in the same way, but for temperature and seed. */
export function isSameWish(a: SpeakSettings, b: SpeakSettings): boolean {
  return toKey(a) === toKey(b)
}

function toKey({ text, phones, pronunciations, voice, moves, cuts }: SpeakSettings): string {
  return JSON.stringify([text, phones, [...pronunciations], voice, moves, cuts])
}
