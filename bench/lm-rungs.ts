/**
 * Owns: the ladder of WebGPU kernels, each rung's speed in Node on whatever adapter Dawn finds: tokens a second for one take
 * and for eight of one sentence, median of the runs, rungs in turn. Prints a table:
 *
 *     npx tsx bench/lm-rungs.ts
 */
import { readFile } from 'node:fs/promises'
import type { LmEngine } from '../src/gpu/lm-engine'
import { findDawnAdapter, requestTestDevice } from '../src/gpu/testing/dawn'
import { MODELS_FOLDER, openTestLadder } from '../src/gpu/testing/disk-ladder'
import type { Lanes, Reduction } from '../src/gpu/wgsl/kernel'
import { createWgslLm } from '../src/gpu/wgsl/lm'
import type { RungName } from '../src/gpu/wgsl/rung'
import { readShaders } from '../src/gpu/wgsl/shaders-disk'
import { median } from './abba'
import { makeTakes, runOnce, tokensPerSecond } from './lm-run'
import { printTable } from './print'
import { describeRun } from './results'

const RUNS = 3
/** Enough that the prefix, on which the first step waits, counts little. */
const STEPS = 24
const TAKES = [1, 8]
const RUNGS: readonly (readonly [RungName, Reduction, Lanes])[] = [
  ['plain', 'workgroup', 1],
  ['plain', 'subgroup', 1],
  ['loop', 'subgroup', 1],
  ['fused', 'workgroup', 1],
  ['fused', 'subgroup', 4],
]

const found = await findDawnAdapter()
if (typeof found === 'string') throw new Error(found)
const ladder = await openTestLadder('int8')
const { manifest, vocabulary } = ladder
const weights = new Uint8Array(await readFile(`${MODELS_FOLDER}lm.int8.safetensors`))
const shaders = readShaders()
const toSpecs = await makeTakes(ladder)

const engines: LmEngine[] = []
const devices: GPUDevice[] = []
for (const [rung, reduction, lanes] of RUNGS) {
  const device = await requestTestDevice(found)
  devices.push(device)
  engines.push(await createWgslLm({ device, weights, manifest, vocabulary, shaders, rung, reduction, lanes }))
}
const rates = engines.map(() => TAKES.map((): number[] => []))
for (const [column, takes] of TAKES.entries()) {
  const specs = toSpecs(takes)
  for (const engine of engines) await runOnce(engine, specs, STEPS)
  for (let run = 0; run < RUNS; run++) {
    for (const [i, engine] of engines.entries()) {
      rates[i][column].push(tokensPerSecond(await runOnce(engine, specs, STEPS)))
    }
  }
}
console.log(`${found.label}; ${describeRun()}`)
printTable(
  ['tokens a second', ...TAKES.map((takes) => (takes === 1 ? '1 take' : `${takes} takes`))],
  RUNGS.map(([rung, reduction, lanes], i) => [
    `${rung}, ${reduction}, ${lanes === 1 ? '1 lane' : `${lanes} lanes`}`,
    ...rates[i].map((column) => median(column).toFixed(1)),
  ]),
)
for (const engine of engines) await engine.dispose()
for (const device of devices) device.destroy()
await ladder.dispose()
