/**
 * The grammar and the draw on the device against the plans' own rules, step by step on random logits: every task, every
 * cut, and the limits that real speech seldom meets.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StreamPlan } from '../../../speech/3-units/streams'
import { planToRule } from '../../../speech/3-units/streams'
import { describeAdapter, findDawnAdapter } from '../../testing/dawn'
import { contextFor, MODES, openKernelFixture, worst, type KernelFixture } from '../../testing/kernel-fixture'
import { drawInteger, randomNumbers } from '../../testing/random'
import { runKernel } from '../../testing/kernels'
import { packRows } from '../rows'
import { FAILED_WORD, packPlan, STATE_WORDS } from '../state'
import { compileDraw, DRAWN_RING, DRAWN_WORDS } from './draw'
import { drawCpu } from './draw.cpu'

const STEPS = 24
/** Where two scores differ by float32's rounding, the two may choose differently. */
const LEAST_AGREEMENT = 0.99
/** Of a probability and of an entropy; logits have a spread of 12, so that exp in float32 counts. */
const CHANCE_TOLERANCE = 1e-4

const adapter = await findDawnAdapter()

describe.skipIf(typeof adapter === 'string')(`draw on ${describeAdapter(adapter)}`, () => {
  let fixture: KernelFixture
  beforeAll(async () => {
    if (typeof adapter !== 'string') fixture = await openKernelFixture(adapter)
  })
  afterAll(() => fixture?.device.destroy())

  const units = [3, 900, 1023, 0, 17, 17]
  const phones = ['HH', 'AH0', 'L', 'OW1']
  const speak = (sampling: object, seed: number): StreamPlan => {
    const none = { temperature: 1, topK: 0, topP: 1, minP: 0 }
    return { task: 'speak', phones, sampling: { ...none, ...sampling }, seed, take: seed % 5 }
  }
  const plans: StreamPlan[] = [
    speak({ temperature: 0 }, 1),
    speak({}, 2),
    speak({ temperature: 0.4 }, 2 ** 40 + 7),
    speak({ topK: 5 }, -3),
    speak({ topP: 0.6 }, 5),
    speak({ minP: 0.1 }, 6),
    speak({ temperature: 1.5, topK: 40, topP: 0.9, minP: 0.01 }, 7),
    speak({ topK: 1 }, 8),
    { ...speak({ topP: 0.9 }, 9), task: 'babble', units, maxFrames: 1000 } as StreamPlan,
    { ...speak({}, 10), task: 'babble', units: [], maxFrames: 3 } as StreamPlan,
    { task: 'listen', units },
    { task: 'listen', units: units.concat(units) },
    { task: 'say-as', letters: 'hello' },
    { task: 'spell', phones },
  ]

  it.each(MODES)('$reduction, $lanes lanes', async (mode) => {
    const { device, vocabulary, weights, model } = fixture
    const kernel = await compileDraw(contextFor(fixture, mode))
    const random = randomNumbers(99)
    const packed = plans.map((plan) => packPlan(plan, vocabulary))
    const lists = Uint32Array.from(packed.flatMap(({ list }) => list))
    const states = plans.map((plan) => planToRule(plan, vocabulary).start)
    // Limits: phones in a row, frames of a phone, output tokens.
    const start = { step: 0, frames: 0, phones: 0, run: 0, done: false }
    states[1] = { ...start, step: 40, frames: 31, run: 31 }
    states[11] = { ...start, frames: 2, run: 3 }
    states[13] = { ...start, step: 198 }
    let drawn = 0
    let same = 0
    for (let step = 0; step < STEPS; step++) {
      const { size, phoneRange } = vocabulary
      const logits = Float32Array.from({ length: plans.length * size }, (_, i) => {
        const favourite =
          plans[Math.floor(i / size)].task === 'listen' && i % size < phoneRange[1] ? step % 7 : 0
        return random() * 6 + favourite
      })
      // What a row may not say must not matter.
      logits[vocabulary.pad] = NaN
      let listStart = 0
      const words = new Uint32Array(plans.length * STATE_WORDS)
      packed.forEach((plan, slot) => {
        const { step: at, frames, phones: said, run, done } = states[slot]
        words.set(plan.pack(listStart), slot * STATE_WORDS)
        words.set([at, frames, said, run, Number(done)], slot * STATE_WORDS + 1)
        listStart += plan.list.length
      })
      const token = { id: 0, time: 0, phone: 0 }
      const inputs = {
        weights: weights.file,
        place: weights.embed,
        lists,
        logits,
        rows: packRows(plans.map((_, slot) => ({ slot, base: 0, position: 0, token, wantsLogits: true }))),
        states: words,
        drawn: new Uint32Array(plans.length * DRAWN_RING * DRAWN_WORDS),
        stream: new Float32Array(plans.length * model.shape.dim),
      }
      const found = await runKernel(device, kernel, inputs, plans.length, [
        'states',
        'drawn',
        'stream',
        'rows',
      ])
      plans.forEach((plan, slot) => {
        if (states[slot].done) return
        const wanted = drawCpu(
          plan,
          vocabulary,
          states[slot],
          logits.subarray(slot * size, (slot + 1) * size),
        )
        const at = (slot * DRAWN_RING + (states[slot].step % DRAWN_RING)) * DRAWN_WORDS
        const [id, time, phone] = new Uint32Array(found.drawn).subarray(at, at + 3)
        drawn += 1
        if (id === wanted.token.id) {
          same += 1
          expect([time, phone], plan.task).toEqual([wanted.token.time, wanted.token.phone])
          const chances = new Float32Array(found.drawn).subarray(at + 3, at + 5)
          expect(worst(chances, [wanted.probability, wanted.entropyNats]), plan.task).toBeLessThan(
            CHANCE_TOLERANCE,
          )
          const { step: after, frames, phones: said, run, done } = wanted.state
          const state = new Uint32Array(found.states).subarray(slot * STATE_WORDS, (slot + 1) * STATE_WORDS)
          expect([...state.subarray(1, 7)], plan.task).toEqual([
            after,
            frames,
            said,
            run,
            Number(done),
            packed[slot].prefix.length + 1,
          ])
          const scale = model.embedding.scales[id]
          const codes = model.embedding.codes.subarray(id * model.shape.dim, (id + 1) * model.shape.dim)
          const stream = new Float32Array(found.stream).subarray(
            slot * model.shape.dim,
            (slot + 1) * model.shape.dim,
          )
          expect(
            worst(
              stream,
              Float32Array.from(codes, (code) => code * scale),
            ),
          ).toBeLessThan(1e-6)
        }
        states[slot] = { ...wanted.state, done: wanted.state.done && drawInteger(random, 4) > 0 }
      })
    }
    expect(same / drawn).toBeGreaterThanOrEqual(LEAST_AGREEMENT)
  })

  it('says so where a legal logit is no number, or none is of use', async () => {
    const { device, vocabulary, weights, model } = fixture
    const kernel = await compileDraw(contextFor(fixture, MODES[0]))
    const { size, unitRange } = vocabulary
    const one = (broken: number) => new Float32Array(size).fill(broken, unitRange[0] + 5, unitRange[0] + 6)
    const cases: [plan: StreamPlan, logits: Float32Array, failed: number][] = [
      ...[plans[1], plans[10]].flatMap((plan): typeof cases => [
        [plan, one(NaN), 1],
        [plan, one(Infinity), 1],
        [plan, one(-Infinity), 0],
      ]),
      ...plans.map((plan): (typeof cases)[number] => [plan, new Float32Array(size).fill(-Infinity), 1]),
    ]
    for (const [spoken, logits, failed] of cases) {
      const plan = packPlan(spoken, vocabulary)
      const inputs = {
        weights: weights.file,
        place: weights.embed,
        lists: Uint32Array.from([...plan.list, 0]),
        logits,
        rows: packRows([
          { slot: 0, base: 0, position: 0, token: { id: 0, time: 0, phone: 0 }, wantsLogits: true },
        ]),
        states: plan.pack(0),
        drawn: new Uint32Array(DRAWN_RING * DRAWN_WORDS),
        stream: new Float32Array(model.shape.dim),
      }
      const { states } = await runKernel(device, kernel, inputs, 1, ['states'])
      expect(new Uint32Array(states)[FAILED_WORD], spoken.task).toBe(failed)
    }
  })
})
