/**
 * Owns: `npx tsx bench/listen.ts [--beam 8] [--step 4] [--tokenizer whisper|mel] [--engine auto|wasm|ort]`: how well listening
 * does, greedy against search, on speech that tuning never heard. Prints a table and writes bench/results/listen.json. Every
 * `step`th file of each voice is read, each voice beginning with another. Wants `python -m training.listen_sets` first.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { openLadder } from '../src/cli/files'
import { engineOption, readOptions, tokenizerOption } from '../src/cli/options'
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
})
const beam = options.whole('beam', 8, 2)
const step = options.whole('step', 4, 1)
const tokenizers: TokenizerName[] = options.text('tokenizer')
  ? [tokenizerOption(options)]
  : ['whisper', 'mel']

const ladder = await openLadder(tokenizers, engineOption(options))
const sets: [name: string, utterances: Utterance[]][] = [
  ['LibriVox', await readSet('e2e/fixtures/librivox', 1, 0)],
  ['its own speech', await speakSentences(ladder)],
]
for (const [i, folder] of TEST_SETS.entries()) sets.push([folder, await readSet(folder, step, i % step)])

const rows: { set: string; tokenizer: TokenizerName; beam: number; figures: Figures }[] = []
process.stdout.write(
  `${ladder.lm.name}\n${toLine(['set', 'tokenizer', 'beam', 'PER', 'WER', 'known', 'unknown', 'RTF'])}`,
)
for (const [set, utterances] of sets) {
  for (const tokenizer of tokenizers) {
    for (const histories of [1, beam]) {
      const figures = await measureSet(ladder, utterances, tokenizer, histories)
      rows.push({ set, tokenizer, beam: histories, figures })
      process.stdout.write(toLine(toCells(set, tokenizer, histories, figures)))
    }
  }
}
await mkdir('bench/results', { recursive: true })
await writeFile(RESULTS, `${JSON.stringify({ engine: ladder.lm.name, rows }, undefined, 1)}\n`)
await ladder.dispose()

function toCells(set: string, tokenizer: string, histories: number, figures: Figures): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const unknown =
    figures.unknownCount === 0 ? '–' : `${percent(figures.unknownWords)} of ${figures.unknownCount}`
  return [
    set,
    tokenizer,
    histories === 1 ? 'greedy' : String(histories),
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
