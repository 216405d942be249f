/**
 * The loop rung: its kernel against the references of all layers, several steps of several streams with the real weights;
 * and whole takes of a tiny model, whose engines agree in every token.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planToRule, type StreamPlan } from '../../../speech/3-units/streams'
import { drawAll, type StreamSpec } from '../../lm-engine'
import { describeAdapter, findDawnAdapter, requestTestDevice } from '../../testing/dawn'
import {
  contextFor,
  MAX_POSITIONS,
  MODES,
  openKernelFixture,
  REDUCTIONS,
  worst,
  type KernelFixture,
} from '../../testing/kernel-fixture'
import { runKernel } from '../../testing/kernels'
import { randomNumbers } from '../../testing/random'
import { createReferenceEngine } from '../../testing/reference-engine'
import { makeTinyModel } from '../../testing/tiny-model'
import { DRAWN_RING, DRAWN_WORDS } from '../fused/draw'
import { packHalves } from '../half'
import { createWgslLm } from '../lm'
import { packRows } from '../rows'
import { bundledShaders } from '../shaders'
import { packPlan, POSITION_WORD, STATE_WORDS } from '../state'
import { compileLoop, EXTENT_BYTES, packExtent } from './loop'
import { loopCpu, type CpuStream } from './loop.cpu'

const STEPS = 3
/** Keys and values are halves, whose last bit may fall either way, in eight layers. */
const LOGIT_TOLERANCE = 5e-3

const adapter = await findDawnAdapter()

describe.skipIf(typeof adapter === 'string')(`loop on ${describeAdapter(adapter)}`, () => {
  let fixture: KernelFixture
  beforeAll(async () => {
    if (typeof adapter !== 'string') fixture = await openKernelFixture(adapter)
  })
  afterAll(() => fixture?.device.destroy())

  const phones = ['HH', 'AH0', 'L', 'OW1']
  const sampling = { temperature: 0.9, topK: 0, topP: 0.95, minP: 0 }
  const plans: StreamPlan[] = [
    { task: 'speak', phones, sampling: { ...sampling, temperature: 0 }, seed: 1, take: 0 },
    { task: 'speak', phones, sampling, seed: 2, take: 1 },
    { task: 'listen', units: [3, 900, 1023, 0, 17, 17] },
    { task: 'spell', phones },
  ]
  /** Tokens before the first step, at least the voice; the second and third look at more than one stretch of 256. */
  const firstPositions = [12, 300, 1021, 1]

  it.each(REDUCTIONS)('%s', { timeout: 120_000 }, async (reduction) => {
    const { device, model, vocabulary, weights } = fixture
    const { dim, layers } = model.shape
    const random = randomNumbers(7)
    const packed = plans.map((plan) => packPlan(plan, vocabulary))
    const lists = Uint32Array.from(packed.flatMap(({ list }) => list))
    const logits = Float32Array.from({ length: plans.length * vocabulary.size }, () => random() * 6)
    const cacheWords = MAX_POSITIONS * dim
    const cache = Uint32Array.from({ length: layers * plans.length * cacheWords }, () =>
      packHalves(random(), random()),
    )
    const cacheOf = (layer: number, slot: number) => {
      const at = (layer * plans.length + slot) * cacheWords
      return cache.subarray(at, at + cacheWords)
    }
    const logitsOf = (all: Float32Array, slot: number) =>
      all.subarray(slot * vocabulary.size, (slot + 1) * vocabulary.size)
    const streams = plans.map((plan, slot): CpuStream => ({
      state: planToRule(plan, vocabulary).start,
      position: firstPositions[slot],
      logits: logitsOf(logits, slot),
      caches: Array.from({ length: layers }, (_, layer) => cacheOf(layer, slot)),
    }))
    const states = new Uint32Array(plans.length * STATE_WORDS)
    let listStart = 0
    packed.forEach((plan, slot) => {
      states.set(plan.pack(listStart), slot * STATE_WORDS)
      states[slot * STATE_WORDS + POSITION_WORD] = firstPositions[slot]
      listStart += plan.list.length
    })
    const token = { id: 0, time: 0, phone: 0 }
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST
    const extent = device.createBuffer({ size: EXTENT_BYTES, usage })
    device.queue.writeBuffer(extent, 0, packExtent(STEPS, plans.length * MAX_POSITIONS))
    const found = await runKernel(
      device,
      await compileLoop({ ...contextFor(fixture, MODES[0]), reduction }),
      {
        weights: weights.file,
        place: weights.embed,
        places: weights.places,
        extent,
        lists,
        turns: model.turns,
        logits,
        rows: packRows(
          streams.map(({ position }, slot) => ({
            slot,
            base: slot * MAX_POSITIONS,
            position,
            token,
            wantsLogits: true,
          })),
        ),
        states,
        drawn: new Uint32Array(plans.length * DRAWN_RING * DRAWN_WORDS),
        cache,
      },
      plans.length,
      ['drawn', 'logits'],
    )
    extent.destroy()
    plans.forEach((plan, slot) => {
      const wanted = loopCpu(model, vocabulary, plan, streams[slot], STEPS)
      const said = wanted.drawn.map((_, step) => {
        const at = (slot * DRAWN_RING + step) * DRAWN_WORDS
        const [id, time, phone] = new Uint32Array(found.drawn).subarray(at, at + 3)
        return { id, time, phone }
      })
      expect(said, plan.task).toEqual(wanted.drawn.map((step) => step.token))
      const after = logitsOf(new Float32Array(found.logits), slot)
      expect(worst(after, wanted.stream.logits), plan.task).toBeLessThan(LOGIT_TOLERANCE)
    })
  })

  it('draws whole takes, streams that end sooner than others among them', { timeout: 120_000 }, async () => {
    if (typeof adapter === 'string') return
    const model = makeTinyModel()
    const voice = Float32Array.from({ length: model.manifest.voiceDim }, (_, i) => Math.sin(i))
    const specs: StreamSpec[] = [
      { plan: { task: 'speak', phones: ['K', 'T'], sampling, seed: 14, take: 0 }, voice },
      { plan: { task: 'listen', units: [1, 5, 7, 7, 0] }, voice: voice.map(() => 0) },
      { plan: { task: 'speak', phones: ['K'], sampling, seed: 14, take: 1 }, voice },
    ]
    const device = await requestTestDevice(adapter)
    const engine = await createWgslLm({ device, shaders: bundledShaders, rung: 'loop', ...model })
    const ids = async (lm: Parameters<typeof drawAll>[0]) =>
      (await drawAll(lm, specs)).map((tokens) => tokens.map(({ id }) => id))
    expect(await ids(engine)).toEqual(await ids(createReferenceEngine(model)))
    await engine.dispose()
    device.destroy()
  })
})
