/**
 * Owns: the speed of the language model alone, on every engine that runs in Node, on one thread: tokens a second and
 * milliseconds a step for 1, 4, 8 and 16 takes of one sentence, and the time of the prefix. Engines take turns (A B B A …);
 * medians and the least of the runs; writes JSON to `bench/results/`. Real time is 52 tokens a second for each take.
 * Run with `npx tsx bench/lm-engines.ts`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { openTestWasmLm } from '../src/gpu/testing/engines'
import { median } from './abba'
import { makeTakes, REAL_TIME_TOKENS, runOnce, TAKES, type LmRun } from './lm-run'

const STEPS = 128
const RUNS = 7

interface Row {
  readonly engine: string
  readonly takes: number
  readonly prefixMs: number
  readonly stepMs: number
  readonly leastStepMs: number
  readonly tokensPerSecond: number
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
  for (const engine of engines) await runOnce(engine, specs, STEPS)
  for (let run = 0; run < RUNS; run++) {
    const order = run % 2 === 0 ? [...engines.keys()] : [...engines.keys()].toReversed()
    for (const i of order) runs[i].push(await runOnce(engines[i], specs, STEPS))
  }
  for (const [i, { name }] of engines.entries()) {
    const stepMs = median(runs[i].map((run) => run.stepMs))
    rows.push({
      engine: name,
      takes,
      prefixMs: median(runs[i].map((run) => run.prefixMs)),
      stepMs,
      leastStepMs: Math.min(...runs[i].map((run) => run.stepMs)),
      tokensPerSecond: (takes / stepMs) * 1000,
      timesRealTime: 1000 / stepMs / REAL_TIME_TOKENS,
    })
  }
}
await ladder.dispose()

const report = {
  machine: `${cpus()[0].model}, ${cpus().length} cores, one used`,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  loadAverage: loadavg()[0],
  steps: STEPS,
  runs: RUNS,
  rows,
}
const folder = fileURLToPath(new URL('results/', import.meta.url))
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}lm-engines.json`, `${JSON.stringify(report, undefined, 2)}\n`)

const HEADINGS = ['engine', 'takes', 'prefix ms', 'ms a step', '(least)', 'tokens/s', 'x real time']
const cells = rows.map((row) => [
  row.engine,
  String(row.takes),
  row.prefixMs.toFixed(1),
  row.stepMs.toFixed(2),
  row.leastStepMs.toFixed(2),
  row.tokensPerSecond.toFixed(0),
  row.timesRealTime.toFixed(1),
])
console.log(`${report.machine}, Node ${report.node}, load ${report.loadAverage.toFixed(1)}`)
for (const line of [HEADINGS, ...cells]) console.log(line.map((cell) => cell.padStart(12)).join(''))
