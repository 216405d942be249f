/**
 * One body for every engine (`testing/contract`): whatever computes the language model obeys the same contract and
 * gives the same numbers. On the committed weights `ort` is the reference; WebGPU runs on a tiny model, beside the kernels'
 * references, and on the committed one in `wgsl/lm.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerKnown } from './ladder/known-answer'
import type { Ladder } from './ladder/load'
import type { LmEngine } from './lm-engine'
import { describeAdapter, findDawnAdapter, requestTestDevice } from './testing/dawn'
import { useContractBench } from './testing/contract/bench'
import { testNumbers } from './testing/contract/numbers'
import { testStreams } from './testing/contract/streams'
import { DISTANCE, openBothEngines } from './testing/engines'
import { goldenFloats, goldenRows, largestDifference } from './testing/golden'
import { createReferenceEngine } from './testing/reference-engine'
import { makeTinyModel } from './testing/tiny-model'
import { createWgslLm } from './wgsl/lm'
import { bundledShaders } from './wgsl/shaders'

/** float32 sums in another order; the WebAssembly kernels sum each row alike wherever it stands. */
const ROUNDING = { ort: 1e-3, wasm: 0 }
/** Keys and values are halves, whose last bit may fall either way. */
const HALF_ROUNDING = 5e-3
/** The prototype's logits were made with unquantised weights. */
const QUANTISATION = 0.3

describe('on the committed model', () => {
  let ladder: Ladder
  let wasm: LmEngine
  beforeAll(async () => {
    ;({ ladder, wasm } = await openBothEngines())
  })
  afterAll(() => ladder.dispose())

  describe.each(['ort', 'wasm'] as const)('the engine %s', (name) => {
    const engineOf = () => (name === 'ort' ? ladder.lm : wasm)

    it('passes the known-answer test', async () => {
      const answer = await answerKnown({ ...ladder, lm: engineOf() })
      expect(answer).toMatchObject({ engine: name, passed: true })
    })

    it('gives the prototype’s logits for every task, up to the weights’ quantisation', async () => {
      for (const row of goldenRows()) {
        const tokens = row.tokens.map((id, i) => ({ id, time: row.time[i], phone: row.phone[i] }))
        const cursor = engineOf().openCursor()
        const stream = cursor.open(Float32Array.from(row.voice))
        const [logits] = await cursor.feed([{ stream, tokens }])
        cursor.dispose()
        expect(largestDifference(logits, goldenFloats(`lm_${row.task}`))).toBeLessThan(QUANTISATION)
      }
    })

    const bench = useContractBench(() => ({ engine: engineOf(), reference: ladder.lm, model: ladder }))
    const tolerances = { rounding: ROUNDING[name], distance: DISTANCE }
    testNumbers(bench, tolerances)
    testStreams(bench, tolerances)
  })
})

const adapter = await findDawnAdapter()

describe.skipIf(typeof adapter === 'string')(`wgsl on ${describeAdapter(adapter)}`, () => {
  const model = makeTinyModel()
  let device: GPUDevice
  beforeAll(async () => {
    if (typeof adapter !== 'string') device = await requestTestDevice(adapter)
  })
  afterAll(() => device?.destroy())

  describe.each([
    { rung: 'fused', reduction: 'subgroup', lanes: 4 },
    { rung: 'plain', reduction: 'subgroup', lanes: 1 },
  ] as const)('the $rung rung, $reduction, lanes: $lanes', (tuning) => {
    const bench = useContractBench(async () => ({
      engine: await createWgslLm({ device, shaders: bundledShaders, ...model, ...tuning }),
      reference: createReferenceEngine(model),
      model,
    }))
    testNumbers(bench, { rounding: HALF_ROUNDING, distance: HALF_ROUNDING })
    testStreams(bench, { rounding: HALF_ROUNDING })
  })
})
