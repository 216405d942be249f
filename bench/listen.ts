/**
 * Owns: `npx tsx bench/listen.ts [--beam 8] [--step 4] [--tokenizer whisper|mel] [--engine auto|wasm|ort] [--close]`: how well
 * listening does, greedy against search and, asked for, closely, on speech that tuning never heard. Prints a table and
 * writes bench/results/listen.json. Every `step`th file of each voice is read, each voice beginning with another. Wants
 * `python -m training.listen_sets` first.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { openLadder } from '../src/cli/files'
import { engineOption, readOptions, tokenizerOption } from '../src/cli/options'
import type { Effort } from '../src/gpu/ladder/hear-and-search'
import type { TokenizerName } from '../src/gpu/networks'
import { measureSet, type Figures } from './listen/rates'
import { readSet, TEST_SETS, type Utterance } from './listen/sets'
import { speakSentences } from './listen/spoken'

const RESULTS = 'bench/results/listen.json'

const options = readOptions(process.argv.slice(2), {
  beam: 'string',
  step: 'string',
  tokenizer: 'string',
  engine: 'string',
  close: 'boolean',
})
const beam = options.whole('beam', 8, 2)
const step = options.whole('step', 4, 1)
const tokenizers: TokenizerName[] = options.text('tokenizer')
  ? [tokenizerOption(options)]
  : ['whisper', 'mel']

const ladder = await openLadder(tokenizers, engineOption(options))
const efforts: readonly Effort[] = options.flag('close') ? [1, beam, 'close'] : [1, beam]
const sets: [name: string, utterances: Utterance[]][] = [
  ['LibriVox', await readSet('e2e/fixtures/librivox', 1, 0)],
  ['its own speech', await speakSentences(ladder)],
]
for (const [i, folder] of TEST_SETS.entries()) sets.push([folder, await readSet(folder, step, i % step)])

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
await mkdir('bench/results', { recursive: true })
await writeFile(RESULTS, `${JSON.stringify({ engine: ladder.lm.name, rows }, undefined, 1)}\n`)
await ladder.dispose()

function toCells(set: string, tokenizer: string, effort: Effort, figures: Figures): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const unknown =
    figures.unknownCount === 0 ? '–' : `${percent(figures.unknownWords)} of ${figures.unknownCount}`
  return [
    set,
    tokenizer,
    effort === 1 ? 'greedy' : String(effort),
    percent(figures.phones),
    percent(figures.words),
    percent(figures.knownWords),
    unknown,
    figures.realTimeFactor.toFixed(2),
  ]
}

function toLine(cells: readonly string[]): string {
  return `${cells.map((cell, i) => (i === 0 ? cell.padEnd(30) : cell.padStart(13))).join('')}\n`
}
