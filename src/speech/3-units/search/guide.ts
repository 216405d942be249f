/**
 * Owns: what words make of the sounds that a history said, for the beam that keeps histories. Columns are shared: two
 * histories with the same sounds stand at the same place.
 */
import type { Channel } from './hearing'
import { BOUNDARY, type Sound } from './sounds'
import type { Column, WordSearch } from './words'

export interface Place {
  /** Sounds so far, boundaries in a row once, a character each. */
  readonly key: string
  readonly column: Column
}

export interface SoundGuide {
  readonly start: Place
  next(place: Place, sound: Sound): Place
  /** Nats, on the scale of the language model's. */
  score(place: Place): number
}

/** `lexical` multiplies the scores of words. One guide serves one stretch of sound. */
export function createGuide(search: WordSearch, channel: Channel, lexical: number): SoundGuide {
  const places = new Map<string, Place>()
  return {
    start: { key: '', column: search.start },
    next(place, sound) {
      if (sound === BOUNDARY && place.key.charCodeAt(place.key.length - 1) === BOUNDARY) return place
      const key = place.key + String.fromCharCode(sound)
      const known = places.get(key)
      if (known) return known
      const next = { key, column: search.next(place.column, channel.said(sound)) }
      places.set(key, next)
      return next
    },
    score: ({ column }) => lexical * column.best,
  }
}
