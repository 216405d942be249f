/**
 * Owns: `npx tsx bench/listen.ts [--beam 8] [--step 4] [--tokenizer whisper|mel] [--engine auto|wasm|wgsl|ort] [--close]`: how
 * well listening does, greedy against search and, asked for, closely, on recordings that tuning never heard. Prints a table
 * row by row and writes bench/results/listen.json. Every `step`th file of each test set is read, each set beginning with
 * another in turn; of people and of its own speech, all. Wants `python -m training.listen_sets` first.
 */
import { openLadder } from '../src/cli/files'
import { engineOption, tokenizerOption } from '../src/cli/options'
import type { Effort } from '../src/gpu/ladder/hear-and-search'
import type { TokenizerName } from '../src/gpu/networks'
import { readFlags } from './flags'
import listenSentences from './listen-sentences.json'
import { measureSet, type Figures } from './listen/rates'
import { LIBRIVOX, readSet, TEST_SETS, type Utterance } from './listen/sets'
import { speakSentences } from './listen/spoken'
import { formatPercent } from './print'
import { keep } from './results'
import { VOICES } from './voices'

const { beam, step, tokenizers, engine, isClose } = readFlags(
  { beam: 'string', step: 'string', tokenizer: 'string', engine: 'string', close: 'boolean' },
  (options) => ({
    beam: options.whole('beam', 8, 2),
    step: options.whole('step', 4, 1),
    tokenizers: options.text('tokenizer')
      ? [tokenizerOption(options)]
      : (['whisper', 'mel'] satisfies TokenizerName[]),
    engine: engineOption(options),
    isClose: options.flag('close'),
  }),
)

const ladder = await openLadder(tokenizers, engine)
const efforts: readonly Effort[] = isClose ? [1, beam, 'close'] : [1, beam]
const sets: [name: string, utterances: Utterance[]][] = [
  ['LibriVox', await readSet(LIBRIVOX)],
  ['its own speech', await speakSentences(ladder, listenSentences.spoken, VOICES.length)],
]
for (const [i, { name, folder }] of TEST_SETS.entries())
  sets.push([name, await readSet(folder, step, i % step)])

const rows: { set: string; tokenizer: TokenizerName; effort: Effort; figures: Figures }[] = []
process.stdout.write(
  `${ladder.lm.name}\n${toLine(['set', 'tokenizer', 'effort', 'PER', 'WER', 'known', 'unknown', 'RTF'])}`,
)
for (const [set, utterances] of sets) {
  for (const tokenizer of tokenizers) {
    for (const effort of efforts) {
      const figures = await measureSet(ladder, utterances, tokenizer, effort)
      rows.push({ set, tokenizer, effort, figures })
      process.stdout.write(toLine(toCells(set, tokenizer, effort, figures)))
    }
  }
}
keep('listen', { engine: ladder.lm.name, rows })
await ladder.dispose()

function toCells(set: string, tokenizer: string, effort: Effort, figures: Figures): string[] {
  const unknown =
    figures.unknownCount === 0 ? '–' : `${formatPercent(figures.unknownWords)} of ${figures.unknownCount}`
  return [
    set,
    tokenizer,
    effort === 1 ? 'greedy' : String(effort),
    formatPercent(figures.phones),
    formatPercent(figures.words),
    formatPercent(figures.knownWords),
    unknown,
    figures.realTimeFactor.toFixed(2),
  ]
}

function toLine(cells: readonly string[]): string {
  return `${cells.map((cell, i) => (i === 0 ? cell.padEnd(30) : cell.padStart(13))).join('')}\n`
}
