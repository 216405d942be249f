/**
 * Owns: a take as files for other programs: what they are called, a TextGrid of its words, phones and units, and a JSON of
 * everything that decided it. Makes texts; saves nothing.
 */
import { toFileName } from '../../speech/exports/file-name'
import { tiersToJson } from '../../speech/exports/tables'
import { tiersToTextGrid } from '../../speech/exports/text-grid'
import type { Tier } from '../../speech/exports/timed'
import type { KeptTake } from '../stores/takes-state'
import { voiceToTitle } from './voices'

export interface TakeFiles {
  readonly wavName: string
  /** A TextGrid and a JSON. */
  readonly texts: readonly { readonly name: string; readonly text: string }[]
}

/** @param number from 1, so that no two takes of an archive have one name */
export function takeToFiles(take: KeptTake, title: string, number: number): TakeFiles {
  const { text, timeline, data, settings } = take
  const parts = [
    String(number).padStart(2, '0'),
    voiceToTitle(settings.voice),
    `T${Number(data.sampling.temperature.toFixed(2))}`,
    `seed${data.seed}`,
  ]
  const named = (extension: string) => toFileName(text, parts, extension)
  const tiers = takeToTiers(take)
  return {
    wavName: named('wav'),
    texts: [
      { name: named('TextGrid'), text: tiersToTextGrid(tiers, timeline.seconds) },
      { name: named('json'), text: tiersToJson(tiers, takeToAbout(take, title)) },
    ],
  }
}

function takeToTiers({ timeline }: KeptTake): Tier[] {
  const { words, phones, units, unitSeconds } = timeline
  return [
    { name: 'words', labels: words.map(({ word, ...span }) => ({ label: word, ...span })) },
    { name: 'phones', labels: phones.map(({ phone, ...span }) => ({ label: phone, ...span })) },
    {
      name: 'units',
      labels: units.map((unit, i) => ({
        label: String(unit),
        startSeconds: i * unitSeconds,
        endSeconds: (i + 1) * unitSeconds,
      })),
    },
  ].map(({ name, labels }) => ({
    name,
    labels: labels.map(({ label, startSeconds, endSeconds }) => ({ label, startSeconds, endSeconds })),
  }))
}

function takeToAbout(take: KeptTake, title: string): Readonly<Record<string, unknown>> {
  const { text, data, statistics, trace, roundTrip } = take
  const { units, durationsFrames, utterances, held, voice, moves, sampling, seed, soundSeed } = data
  return {
    title,
    text,
    voice,
    moves,
    sampling,
    seed,
    soundSeed,
    phones: utterances,
    held,
    durationsFrames,
    units,
    statistics,
    trace,
    heardBack: roundTrip?.text,
  }
}
