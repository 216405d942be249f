/**
 * Owns: the figures of Converge beside its peers, as tables. A ratio is that of the medians of one sentence's runs; its
 * spread is over the sentences.
 */
import { median, spreadOf } from './abba'
import type { Counted, HeardUtterance, PeerFigures, Runs, SaidSentence, Speaker } from './browser/tasks'
import { sum } from './mean-error'
import { formatPercent, formatSpread, printTable } from './print'

const SPEAKERS: Readonly<Record<Speaker, string>> = {
  converge: 'said by Converge',
  kokoro: 'said by Kokoro',
  people: 'people, LibriVox',
}

export function printPeers({ said, heard }: PeerFigures): void {
  printSaid(said, heard)
  printHeard(heard)
}

function printSaid(said: readonly SaidSentence[], heard: PeerFigures['heard']): void {
  const ours = said.map((sentence) => sentence.ours)
  const kokoro = said.map((sentence) => sentence.kokoro)
  const wordsWrong = (speaker: Speaker) => pooled(heard[speaker].map(({ whisper }) => whisper.words))
  const firstMs = median(said.map((sentence) => median(sentence.ours.firstSoundMs)))
  console.log(
    `Speaking: letters to samples, ${said.length} sentences, ${runsEach(ours)} runs of each in turn A B B A`,
  )
  printTable(
    ['', 'Converge', 'Kokoro-82M int8', 'Kokoro / Converge'],
    [
      ['real-time factor', realTime(ours).toFixed(3), realTime(kokoro).toFixed(2), ratios(said, rateOf)],
      ['a sentence, s', medianSeconds(ours), medianSeconds(kokoro), ratios(said, ({ ms }) => median(ms))],
      ['first sound, s', (firstMs / 1000).toFixed(3), medianSeconds(kokoro), ratiosOfFirstSound(said)],
      ['words wrong by Whisper tiny.en', wordsWrong('converge'), wordsWrong('kokoro'), ''],
    ],
  )
}

function printHeard(heard: PeerFigures['heard']): void {
  const all = Object.values(heard).flat()
  const encoderMs = median(all.map(({ whisper }) => median(whisper.encoderMs)))
  console.log(`Listening: ${runsEach(all.map(({ ours }) => ours))} runs of each in turn A B B A`)
  console.log(`Whisper's encoder, 30 s whatever was said: ${(encoderMs / 1000).toFixed(2)} s of each`)
  printTable(
    [
      'speech',
      'seconds',
      'Converge, words wrong',
      'real-time factor',
      'Whisper tiny.en int8, words wrong',
      'real-time factor',
      'time, Whisper / Converge',
    ],
    (['converge', 'kokoro', 'people'] as const).map((speaker) => {
      const utterances = heard[speaker]
      const ours = utterances.map((utterance) => utterance.ours)
      const whisper = utterances.map((utterance) => utterance.whisper)
      return [
        SPEAKERS[speaker],
        sum(ours.map(({ seconds }) => seconds)).toFixed(0),
        pooled(ours.map(({ words }) => words)),
        realTime(ours).toFixed(2),
        pooled(whisper.map(({ words }) => words)),
        realTime(whisper).toFixed(2),
        ratiosOfHeard(utterances),
      ]
    }),
  )
}

const runsEach = (runs: readonly Runs[]): number => runs[0].ms.length

/** Of all inputs in a row. */
const realTime = (runs: readonly Runs[]): number =>
  sum(runs.map(({ ms }) => median(ms))) / 1000 / sum(runs.map(({ seconds }) => seconds))

const rateOf = ({ ms, seconds }: Runs): number => median(ms) / seconds

const medianSeconds = (runs: readonly Runs[]): string =>
  (median(runs.map(({ ms }) => median(ms))) / 1000).toFixed(2)

const ratios = (said: readonly SaidSentence[], measure: (runs: Runs) => number): string =>
  formatSpread(spreadOf(said.map(({ ours, kokoro }) => measure(kokoro) / measure(ours))))

const ratiosOfFirstSound = (said: readonly SaidSentence[]): string =>
  formatSpread(spreadOf(said.map(({ ours, kokoro }) => median(kokoro.ms) / median(ours.firstSoundMs))), 0)

const ratiosOfHeard = (heard: readonly HeardUtterance[]): string =>
  formatSpread(spreadOf(heard.map(({ ours, whisper }) => median(whisper.ms) / median(ours.ms))), 2)

const pooled = (counts: readonly Counted[]): string =>
  formatPercent(sum(counts.map(({ errors }) => errors)) / sum(counts.map(({ length }) => length)))
