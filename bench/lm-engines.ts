/**
 * Owns: the speed of the language model alone, on every engine that runs in Node, on one thread: tokens a second for 1, 4,
 * 8 and 16 takes of one sentence, and the time of the prefix. Engines take turns (A B B A …); medians and the best of the
 * runs; writes JSON to `bench/results/`. Real time is 52 tokens a second for each take.
 * Run with `npx tsx bench/lm-engines.ts`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { openTestWasmLm } from '../src/gpu/testing/engines'
import { median } from './abba'
import { makeTakes, REAL_TIME_TOKENS, runOnce, TAKES, tokensPerSecond, type LmRun } from './lm-run'

const RUNS = 7

interface Row {
  readonly engine: string
  readonly takes: number
  readonly prefixMs: number
  readonly tokensPerSecond: number
  readonly bestTokensPerSecond: number
  /** Of each take: above 1 is faster than it sounds. */
  readonly timesRealTime: number
}

const ladder = await openTestLadder('int8')
const engines = [ladder.lm, await openTestWasmLm(ladder)]
const toSpecs = await makeTakes(ladder)

const rows: Row[] = []
for (const takes of TAKES) {
  const specs = toSpecs(takes)
  const runs = engines.map((): LmRun[] => [])
  for (const engine of engines) await runOnce(engine, specs, Infinity)
  for (let run = 0; run < RUNS; run++) {
    const order = run % 2 === 0 ? [...engines.keys()] : [...engines.keys()].toReversed()
    for (const i of order) runs[i].push(await runOnce(engines[i], specs, Infinity))
  }
  for (const [i, { name }] of engines.entries()) {
    const rates = runs[i].map(tokensPerSecond)
    rows.push({
      engine: name,
      takes,
      prefixMs: median(runs[i].map((run) => run.prefixMs)),
      tokensPerSecond: median(rates),
      bestTokensPerSecond: Math.max(...rates),
      timesRealTime: median(rates) / takes / REAL_TIME_TOKENS,
    })
  }
}
await ladder.dispose()

const report = {
  machine: `${cpus()[0].model}, ${cpus().length} cores, one used`,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  loadAverage: loadavg()[0],
  runs: RUNS,
  rows,
}
const folder = fileURLToPath(new URL('results/', import.meta.url))
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}lm-engines.json`, `${JSON.stringify(report, undefined, 2)}\n`)

const HEADINGS = ['engine', 'takes', 'prefix ms', 'tokens/s', '(best)', 'x real time']
const cells = rows.map((row) => [
  row.engine,
  String(row.takes),
  row.prefixMs.toFixed(1),
  row.tokensPerSecond.toFixed(0),
  row.bestTokensPerSecond.toFixed(0),
  row.timesRealTime.toFixed(1),
])
console.log(`${report.machine}, Node ${report.node}, load ${report.loadAverage.toFixed(1)}`)
for (const line of [HEADINGS, ...cells]) console.log(line.map((cell) => cell.padStart(12)).join(''))
