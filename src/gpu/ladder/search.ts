/**
 * Owns: one stretch of units to words by search: the beam over hear and say, guided by the lexicon and the word model; the
 * language model asked how it would say each reading, and its own spelling for words that the lexicon lacks.
 */
import { createGuide } from '../../speech/3-units/search/guide'
import { createChannel } from '../../speech/3-units/search/hearing'
import { listCandidates, toReadings, type Readings } from '../../speech/3-units/search/readings'
import type { HeardSound } from '../../speech/3-units/search/sounds'
import { SEARCH_WEIGHTS } from '../../speech/3-units/search/weights'
import { createWordSearch } from '../../speech/3-units/search/words'
import type { Unit } from '../../speech/3-units/vocabulary'
import { STEPS_PER_RUN } from '../lm-engine'
import type { TokenizerName } from '../networks'
import { hearHistories } from './hear'
import {
  placePhones,
  type HeardNews,
  type HeardPhone,
  type HeardReading,
  type HeardStretch,
  type HeardWord,
  type ToSeconds,
} from './heard'
import type { Ladder } from './load'
import { sayReadings } from './say-readings'
import { spellWords } from './spell-words'

/** Histories kept where nobody says otherwise. */
export const DEFAULT_BEAM = 8
export const MOST_BEAM = 16

/** What a search found, words that the lexicon lacks not spelled yet. */
export interface FoundReadings {
  readonly readings: Readings
  readonly phones: readonly HeardPhone[]
  readonly best: ReadingScore
}

/** ln, weighted, of a reading. Compares hearings of one sound. */
export interface ReadingScore {
  /** Its sounds and its words. */
  readonly heard: number
  /** How it would have been said. Undefined where the model was not asked. */
  readonly spoken: number | undefined
}

const NOTHING_READ: ReadingScore = { heard: -Infinity, spoken: undefined }

export interface SearchEffort {
  /** Histories. */
  readonly beam: number
  /** A lone reading is put to the model too, though it has no rival: to be compared with other hearings'. */
  readonly asksLone: boolean
}

/** Yields phones that every history agrees on, about three times a second. @param voice (voiceDim) of whoever spoke */
export async function* findReadings(
  ladder: Ladder,
  units: readonly Unit[],
  voice: Float32Array,
  tokenizer: TokenizerName,
  { beam, asksLone }: SearchEffort,
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, FoundReadings> {
  const { sounds, trie, wordModel, hearings } = ladder.wordTools()
  const { delayFrames, voiceDim } = ladder.manifest
  const place = (said: readonly HeardSound[], from: number) => placePhones(said, delayFrames, from, toSeconds)
  const channel = createChannel(hearings[tokenizer], SEARCH_WEIGHTS.chance)
  const guide = createGuide(
    createWordSearch(trie, wordModel, channel, SEARCH_WEIGHTS),
    channel,
    SEARCH_WEIGHTS.lexical,
  )
  const ports = { lm: ladder.lm, vocabulary: ladder.vocabulary, sounds, voice: new Float32Array(voiceDim) }
  const hearing = hearHistories(ports, units, guide, {
    beam,
    width: SEARCH_WEIGHTS.beamWidth,
    certain: SEARCH_WEIGHTS.certain,
  })

  let told = 0
  let toldSeconds = toSeconds(0)
  const tell = (said: readonly HeardSound[], frames: number): HeardNews => {
    const phones = place(said, toldSeconds)
    told += phones.length
    toldSeconds = phones.at(-1)?.endSeconds ?? toldSeconds
    return { phones, frames }
  }
  let fresh: HeardSound[] = []
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) {
    fresh.push(...step.value.sounds)
    if (step.value.frames % STEPS_PER_RUN > 0) continue
    yield tell(fresh, step.value.frames)
    fresh = []
  }
  const candidates = listCandidates(step.value, trie.words, wordModel, SEARCH_WEIGHTS)
  const isAsked = asksLone || candidates.length > 1
  const said = isAsked ? yield* sayReadings(ladder, candidates, units, voice) : undefined
  const scores = candidates.map(({ score, gain }, i): ReadingScore => {
    return { heard: score + gain, spoken: said && SEARCH_WEIGHTS.spoken * said[i] }
  })
  const spoken = scores.map((score) => score.spoken ?? 0)
  const readings = toReadings(step.value, candidates, spoken, trie.words, SEARCH_WEIGHTS)
  yield tell(readings.sounds.slice(told), units.length)
  const total = (score: ReadingScore) => score.heard + (score.spoken ?? 0)
  const best = scores.reduce((a, b) => (total(b) > total(a) ? b : a), NOTHING_READ)
  return { readings, phones: place(readings.sounds, toSeconds(0)), best }
}

export async function spellReadings(
  ladder: Ladder,
  { readings, phones }: FoundReadings,
): Promise<HeardStretch> {
  const names = readings.sounds.map(({ phone }) => phone)
  const spelled = await spellWords(ladder, names, readings.words)
  return { phones, words: placeWords(readings, spelled, phones), readings: toTexts(readings, spelled) }
}

function placeWords(
  { words }: Readings,
  spelled: readonly string[],
  phones: readonly HeardPhone[],
): HeardWord[] {
  return words.map(({ word, firstSound, endSound, probability, rivals }, i) => ({
    word: spelled[i],
    startSeconds: phones[firstSound].startSeconds,
    endSeconds: phones[endSound - 1].endSeconds,
    probability,
    rivals,
    origin: word === undefined ? 'model' : 'lexicon',
  }))
}

/** Readings whose words are all known, and the best one as it was spelled. */
function toTexts({ texts }: Readings, spelled: readonly string[]): HeardReading[] {
  return texts.flatMap(({ words, probability }, i) => {
    if (i === 0) return [{ text: spelled.join(' '), probability }]
    return words.includes(undefined) ? [] : [{ text: words.join(' '), probability }]
  })
}
