/** Owns: the figures of the language model's engines in a browser, as a table: tokens a second by engine and takes. */
import { median, spreadOf, type Spread } from './abba'
import type { BenchEngine, EngineFigures, EngineRow } from './browser/tasks'
import { REAL_TIME_TOKENS, TAKES, tokensPerSecond } from './lm-run'
import { formatPercent, printTable } from './print'

const NAMES: Readonly<Record<BenchEngine, string>> = {
  wasm: 'own kernels, WebAssembly',
  wgsl: 'own kernels, WebGPU',
  ort: 'ONNX Runtime, WebAssembly',
  'ort-webgpu': 'ONNX Runtime, WebGPU',
}

const rateOf = ({ tokens, drawMs }: EngineRow): number => tokensPerSecond({ tokens, drawMs: median(drawMs) })

export function printEngines({ adapter, isSoftware, rows, firstSoundMs }: EngineFigures): void {
  const rowOf = (engine: string, takes: number) =>
    rows.find((row) => row.engine === engine && row.takes === takes)
  const engines = [...new Set(rows.map(({ engine }) => engine))]
  console.log(`Language model, tokens a second (real time is ${REAL_TIME_TOKENS} for a take)`)
  console.log(`WebGPU: ${adapter}${isSoftware ? ', on the processor; no graphics card could be had' : ''}`)
  printTable(
    [
      'engine',
      ...TAKES.map((takes) => `${takes} ${takes === 1 ? 'take' : 'takes'}`),
      'same tokens',
      'first sound',
    ],
    engines.map((engine) => {
      const own = rows.filter((row) => row.engine === engine)
      const rates = TAKES.map((takes) => rowOf(engine, takes)).map((row) => (row ? format(rateOf(row)) : ''))
      const same = Math.min(...own.map(({ sameTokens }) => sameTokens))
      const first = firstSoundMs[engine]
      return [
        NAMES[engine],
        ...rates,
        formatPercent(same),
        first ? `${Math.round(median(first))} ms` : 'too slow',
      ]
    }),
  )
  const tokensOf = (engine: string) => TAKES.map((takes) => rowOf(engine, takes)?.tokens).join(', ')
  console.log(`Tokens a run: ${engines.map((engine) => `${tokensOf(engine)} (${NAMES[engine]})`).join('; ')}`)
  for (const [ours, theirs] of [
    ['wasm', 'ort'],
    ['wgsl', 'ort-webgpu'],
  ] as const) {
    const ratios = TAKES.map((takes) => ratioOf(rowOf(ours, takes), rowOf(theirs, takes)))
    const cells = ratios.map((ratio) => (ratio ? ratio.median.toFixed(1) : '–')).join(', ')
    console.log(`${NAMES[ours]} against ${NAMES[theirs]}, ${TAKES.join(', ')} takes: ${cells} times`)
  }
  console.log()
}

/** Of runs that followed each other. */
function ratioOf(ours: EngineRow | undefined, theirs: EngineRow | undefined): Spread | undefined {
  if (!ours || !theirs) return undefined
  const rate = ({ tokens, drawMs }: EngineRow, run: number) =>
    tokensPerSecond({ tokens, drawMs: drawMs[run] })
  return spreadOf(ours.drawMs.map((_, run) => rate(ours, run) / rate(theirs, run)))
}

const format = (value: number): string => value.toFixed(value < 10 ? 1 : 0)
