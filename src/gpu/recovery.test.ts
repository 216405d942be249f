/**
 * Losing the device at 50 random points, between runs and within them: every take ends with the tokens of an undisturbed
 * run. A tiny model, so that streams are short and devices cheap; its engines agree in every token, being rounded alike.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawAll, type Drawn, type LmEngine, type StreamSpec } from './lm-engine'
import { withRecovery, type Recovery } from './recovery'
import { describeAdapter, findDawnAdapter, requestTestDevice } from './testing/dawn'
import { drawInteger, randomNumbers } from './testing/random'
import { createReferenceEngine } from './testing/reference-engine'
import { makeTinyModel } from './testing/tiny-model'
import { createWgslLm } from './wgsl/lm'
import { bundledShaders } from './wgsl/shaders'

const POINTS = 50
const MOST_STEPS = 24

const adapter = await findDawnAdapter()
const model = makeTinyModel()
const voice = Float32Array.from({ length: model.manifest.voiceDim }, (_, i) => Math.sin(i))
const sampling = { temperature: 0.9, topK: 0, topP: 0.95, minP: 0 }
const phones = ['K', 'T']
/** Its takes have 42 and 40 tokens: they outlast every loss, and little is left to draw after it. */
const SEED = 26
const specs: StreamSpec[] = [
  { plan: { task: 'speak', phones, sampling, seed: SEED, take: 0 }, voice },
  { plan: { task: 'speak', phones, sampling, seed: SEED, take: 1 }, voice },
  { plan: { task: 'listen', units: [1, 5, 7, 7, 0] }, voice: voice.map(() => 0) },
]

describe.skipIf(typeof adapter === 'string')(`recovery on ${describeAdapter(adapter)}`, () => {
  let device: GPUDevice
  let spare: LmEngine | undefined
  let latest: LmEngine | undefined
  let undisturbed: number[][]

  const toIds = (streams: readonly (readonly Drawn[])[]) =>
    streams.map((tokens) => tokens.map(({ id }) => id))

  /** The engine of the point before, which outlived its test, or a new one on a new device. */
  async function makeEngine(): Promise<LmEngine> {
    if (typeof adapter === 'string') throw new Error(adapter)
    if (spare) {
      latest = spare
      spare = undefined
    } else {
      device = await requestTestDevice(adapter)
      const tuning = { rung: 'fused', lanes: 1 } as const
      latest = await createWgslLm({ device, shaders: bundledShaders, ...tuning, ...model })
    }
    return latest
  }
  const makeFallback = async () => createReferenceEngine(model)

  beforeAll(async () => {
    spare = await makeEngine()
    undisturbed = toIds(await drawAll(spare, specs))
  })
  afterAll(() => device?.destroy())

  it('draws what the fallback draws', async () => {
    expect(toIds(await drawAll(await makeFallback(), specs))).toEqual(undisturbed)
  })

  it(`goes on with the same tokens after each of ${POINTS} losses`, { timeout: 900_000 }, async () => {
    const random = randomNumbers(5)
    for (let point = 0; point < POINTS; point++) {
      const recoveries: Recovery[] = []
      const engine = await withRecovery({
        makeEngine,
        makeFallback,
        onRecovery: (recovery) => recoveries.push(recovery),
      })
      const batch = await engine.start(specs)
      const drawn: Drawn[][] = specs.map(() => [])
      const before = drawInteger(random, MOST_STEPS)
      const isWithinRun = point % 2 === 0
      const take = async (steps: number, destroyAfterMs?: number) => {
        const running = batch.run(steps)
        if (destroyAfterMs !== undefined) {
          await new Promise((go) => setTimeout(go, destroyAfterMs))
          device.destroy()
        }
        ;(await running).forEach((tokens, i) => drawn[i].push(...tokens))
      }
      if (before > 0) await take(before)
      if (isWithinRun) await take(4, drawInteger(random, 20))
      else device.destroy()
      while (!batch.done) await take(16)
      expect(toIds(drawn), `point ${point}`).toEqual(undisturbed)
      batch.dispose()
      expect(recoveries).toHaveLength(1)
      expect(recoveries[0]).toMatchObject({ failed: 'wgsl', engine: 'wgsl' })
      spare = latest
    }
  })
})
