/**
 * The exported graphs against the prototype's logits, one row of each task. Half precision weights are the prototype's
 * own, so only rounding differs; int8 rows differ by their quantisation (0.2 at most, measured when they were exported).
 */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { MODELS_FOLDER } from '../testing/disk-ladder'
import { goldenFloats, goldenJson, largestDifference } from '../testing/golden'
import { createSession, floatOutput, floats, integers, setUpRuntime } from './runtime'

interface GoldenRow {
  readonly task: string
  readonly tokens: readonly number[]
  readonly time: readonly number[]
  readonly phone: readonly number[]
  readonly voice: readonly number[]
}

const GRAPHS = [
  { graph: 'lm.onnx', weights: [], tolerance: 1e-3 },
  { graph: 'lm.int8.onnx', weights: ['lm.int8.safetensors'], tolerance: 0.3 },
] as const

describe.each(GRAPHS)('$graph', ({ graph, weights, tolerance }) => {
  it('gives the prototype’s logits for every task', async () => {
    setUpRuntime({ threads: 1 })
    const external = await Promise.all(
      weights.map(async (path) => ({ path, data: new Uint8Array(await readFile(MODELS_FOLDER + path)) })),
    )
    const session = await createSession(
      graph,
      new Uint8Array(await readFile(MODELS_FOLDER + graph)),
      external,
    )
    for (const row of goldenJson('lm') as GoldenRow[]) {
      const dims = [1, row.tokens.length]
      const outputs = await session.run({
        tokens: integers(row.tokens, dims),
        time: integers(row.time, dims),
        phone: integers(row.phone, dims),
        voice: floats(Float32Array.from(row.voice), [1, row.voice.length]),
        past: floats(new Float32Array(0), [8, 2, 1, 5, 0, 64]),
        past_length: integers([0], [1]),
      })
      const difference = largestDifference(floatOutput(outputs, 'logits'), goldenFloats(`lm_${row.task}`))
      expect({ task: row.task, isClose: difference < tolerance }).toEqual({ task: row.task, isClose: true })
    }
    await session.release()
  })
})
