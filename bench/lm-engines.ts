/**
 * Owns: the speed of the language model alone, on every engine that runs in Node, on one thread: tokens a second for 1, 4,
 * 8 and 16 takes of one sentence, and the time of the prefix. Engines take turns (A B B A …); medians and the best of the
 * runs. Real time is 52 tokens a second for each take. Writes `results/lm-engines.json`, prints a table:
 *
 *     npx tsx bench/lm-engines.ts
 */
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { openTestWasmLm } from '../src/gpu/testing/engines'
import { median } from './abba'
import { makeTakes, REAL_TIME_TOKENS, runOnce, TAKES, tokensPerSecond, type LmRun } from './lm-run'
import { printTable } from './print'
import { keep } from './results'

const RUNS = 7

interface EngineSpeed {
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

const rows: EngineSpeed[] = []
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

keep('lm-engines', { runs: RUNS, rows })
printTable(
  ['engine', 'takes', 'prefix ms', 'tokens/s', '(best)', 'x real time'],
  rows.map((row) => [
    row.engine,
    String(row.takes),
    row.prefixMs.toFixed(1),
    row.tokensPerSecond.toFixed(0),
    row.bestTokensPerSecond.toFixed(0),
    row.timesRealTime.toFixed(1),
  ]),
)
