/**
 * Owns: the files that what was heard can be taken away as: which there are, and each one's text from words, phones and
 * units with their times. Units stand on the recording's own clock; those of the margin around it are left out.
 */
import { linesToSrt, linesToVtt, wordsToLines } from '../../speech/exports/captions'
import { toFileName } from '../../speech/exports/file-name'
import { rowsToCsv, tiersToJson, wordsToText } from '../../speech/exports/tables'
import { tiersToTextGrid } from '../../speech/exports/text-grid'
import type { Tier, TimedLabel } from '../../speech/exports/timed'
import { PAD_SECONDS } from '../../speech/4-wave/prepare'
import type { ListenResult, TokenizerName } from '../../workers/protocol'

export interface HeardAbout {
  readonly title: string
  readonly tokenizer: TokenizerName
  readonly frameRateHz: number
}

interface HeardFormat {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly extension: string
  readonly mimeType: string
  readonly toText: (heard: ListenResult, about: HeardAbout) => string
}

export const HEARD_FORMATS: readonly HeardFormat[] = [
  {
    id: 'text',
    label: 'Text',
    hint: 'a line between pauses',
    extension: 'txt',
    mimeType: 'text/plain',
    toText: ({ words }) => wordsToText(words.map(wordToLabel)),
  },
  {
    id: 'srt',
    label: 'SRT',
    hint: 'subtitles',
    extension: 'srt',
    mimeType: 'application/x-subrip',
    toText: ({ words }) => linesToSrt(wordsToLines(words.map(wordToLabel))),
  },
  {
    id: 'vtt',
    label: 'WebVTT',
    hint: 'subtitles for web pages',
    extension: 'vtt',
    mimeType: 'text/vtt',
    toText: ({ words }) => linesToVtt(wordsToLines(words.map(wordToLabel))),
  },
  {
    id: 'text-grid',
    label: 'TextGrid',
    hint: 'Praat: words, phones, units',
    extension: 'TextGrid',
    mimeType: 'text/plain',
    toText: (heard, about) => tiersToTextGrid(heardToTiers(heard, about.frameRateHz), heard.seconds),
  },
  {
    id: 'csv',
    label: 'CSV',
    hint: 'a table, with how sure it was',
    extension: 'csv',
    mimeType: 'text/csv',
    toText: (heard, about) => heardToCsv(heard, about.frameRateHz),
  },
  {
    id: 'json',
    label: 'JSON',
    hint: 'everything, rivals too',
    extension: 'json',
    mimeType: 'application/json',
    toText: heardToJson,
  },
]

export interface TextFile {
  readonly name: string
  readonly mimeType: string
  readonly text: string
}

export function heardToFile(formatId: string, heard: ListenResult, about: HeardAbout): TextFile | undefined {
  const format = HEARD_FORMATS.find(({ id }) => id === formatId)
  if (!format) return undefined
  const stem = about.title.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  const name = toFileName(stem, [about.tokenizer], format.extension)
  return { name, mimeType: format.mimeType, text: format.toText(heard, about) }
}

const wordToLabel = ({ word, startSeconds, endSeconds }: ListenResult['words'][number]): TimedLabel => ({
  label: word,
  startSeconds,
  endSeconds,
})

export function heardToTiers(heard: ListenResult, frameRateHz: number): Tier[] {
  return [
    { name: 'words', labels: heard.words.map(wordToLabel) },
    {
      name: 'phones',
      labels: heard.phones.map(({ phone, startSeconds, endSeconds }) => ({
        label: phone,
        startSeconds,
        endSeconds,
      })),
    },
    { name: 'units', labels: unitsToLabels(heard, frameRateHz) },
  ]
}

/** The first unit begins where the margin does. */
function unitsToLabels({ units, seconds }: ListenResult, frameRateHz: number): TimedLabel[] {
  const margin = Math.round(PAD_SECONDS * frameRateHz)
  const inside = units.slice(margin, margin + Math.ceil(seconds * frameRateHz))
  return inside.map((unit, i) => ({
    label: String(unit),
    startSeconds: i / frameRateHz,
    endSeconds: Math.min(seconds, (i + 1) / frameRateHz),
  }))
}

/** Words and phones have a probability; words have rivals, the likeliest first. */
function heardToCsv(heard: ListenResult, frameRateHz: number): string {
  const words = heard.words.map(({ word, startSeconds, endSeconds, probability, rivals = [] }) => [
    'words',
    word,
    startSeconds,
    endSeconds,
    probability,
    rivals.map((rival) => `${rival.word} ${rival.probability.toFixed(3)}`).join('; '),
  ])
  const phones = heard.phones.map(({ phone, startSeconds, endSeconds, probability }) => [
    'phones',
    phone,
    startSeconds,
    endSeconds,
    probability,
    undefined,
  ])
  const units = unitsToLabels(heard, frameRateHz).map(({ label, startSeconds, endSeconds }) => [
    'units',
    label,
    startSeconds,
    endSeconds,
    undefined,
    undefined,
  ])
  const header = ['tier', 'label', 'start_seconds', 'end_seconds', 'probability', 'rivals']
  return rowsToCsv(header, [...words, ...phones, ...units])
}

function heardToJson(heard: ListenResult, { title, tokenizer, frameRateHz }: HeardAbout): string {
  const { text, seconds, words, phones, readings = [] } = heard
  return tiersToJson(heardToTiers(heard, frameRateHz), {
    title,
    tokenizer,
    seconds,
    text,
    words,
    phones,
    readings,
  })
}
