/**
 * The exported graph with half-precision weights against the prototype's logits, one row of each task. The weights are the
 * prototype's own, so only rounding differs. The graph with int8 weights is held to the same rows in `engine.test.ts`.
 */
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { MODELS_FOLDER } from '../testing/disk-ladder'
import { goldenFloats, goldenRows, largestDifference } from '../testing/golden'
import { createSession, floatOutput, floats, integers, setUpRuntime } from './runtime'

const GRAPH = 'lm.onnx'
const ROUNDING = 1e-3

it('gives the prototype’s logits for every task', async () => {
  setUpRuntime({ threads: 1 })
  const session = await createSession(GRAPH, new Uint8Array(await readFile(MODELS_FOLDER + GRAPH)))
  for (const row of goldenRows()) {
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
    expect({ task: row.task, isClose: difference < ROUNDING }).toEqual({ task: row.task, isClose: true })
  }
  await session.release()
})
