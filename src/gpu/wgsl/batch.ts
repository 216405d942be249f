/**
 * Owns: batches of this engine: streams that draw for themselves on the device. One read-back a run for all streams;
 * streams that have ended leave the rows between runs. More than MAX_ROWS streams run in groups, one after the other.
 */
import { ConvergeError } from '../../speech/errors'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { Drawn, LmBatch, StreamSpec } from '../lm-engine'
import { DRAWN_RING, DRAWN_WORDS } from './fused/draw'
import { encodePass } from './kernel'
import { createFeeder, type LmDevice } from './lm-device'
import { readBack } from './read-back'
import { MAX_ROWS } from './rows'
import { DONE_WORD, FAILED_WORD, packPlan, STATE_BYTES, STATE_WORDS, STEP_WORD } from './state'
import { createSteps } from './steps'
import { StreamStore } from './stream-store'

const DRAWN_BYTES = DRAWN_WORDS * 4

export async function startBatch(
  lm: LmDevice,
  specs: readonly StreamSpec[],
  vocabulary: Vocabulary,
): Promise<LmBatch> {
  const groups: LmBatch[] = []
  const dispose = () => groups.forEach((group) => group.dispose())
  try {
    for (let first = 0; first < specs.length; first += MAX_ROWS) {
      groups.push(await startGroup(lm, specs.slice(first, first + MAX_ROWS), vocabulary))
    }
  } catch (error) {
    dispose()
    throw error
  }
  return {
    get done() {
      return groups.every((group) => group.done)
    },
    async run(steps) {
      const drawn: Drawn[][] = []
      for (const group of groups) drawn.push(...(await group.run(steps)))
      return drawn
    },
    dispose,
  }
}

/** At most MAX_ROWS streams; a stream's slot is its place among the specs. */
async function startGroup(
  lm: LmDevice,
  specs: readonly StreamSpec[],
  vocabulary: Vocabulary,
): Promise<LmBatch> {
  const { guard, pace, context, rung } = lm
  const { device } = context
  const plans = specs.map(({ plan }) => packPlan(plan, vocabulary))
  const lengths = plans.map(({ prefix }) => prefix.length)
  const steps = plans.map(() => 0)
  let active = [...plans.keys()]

  const store = new StreamStore(guard, context.shape, {
    slots: plans.length,
    positions: Math.max(...lengths),
    mostPositions: rung.mostPositions,
    isJoined: lm.step.kind === 'loop',
  })
  const feeder = createFeeder(lm, store)
  const lists = plans.flatMap(({ list }) => list)
  const { made, taken } = guard.begin(() => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
    const create = (label: string, size: number) => device.createBuffer({ label, size, usage })
    const own = {
      lists: create('lists', Math.max(4, lists.length * 4)),
      states: create('states', plans.length * STATE_BYTES),
      drawn: create('drawn', plans.length * DRAWN_RING * DRAWN_BYTES),
    }
    return { buffers: own, stepping: createSteps(lm, store, feeder, own) }
  })
  const { buffers, stepping } = made
  const dispose = () => {
    active = []
    stepping.destroy()
    feeder.destroy()
    store.destroy()
    for (const buffer of Object.values(buffers)) buffer.destroy()
  }

  try {
    await taken
    await store.attempt(() => {
      device.queue.writeBuffer(buffers.lists, 0, Uint32Array.from(lists))
      let listStart = 0
      plans.forEach((plan, slot) => {
        device.queue.writeBuffer(buffers.states, slot * STATE_BYTES, Uint32Array.from(plan.pack(listStart)))
        store.writeVoice(slot, specs[slot].voice)
        listStart += plan.list.length
      })
    })
    // Takes of one text share their prefix: it is fed once.
    const keys = specs.map(({ voice }, i) => JSON.stringify([[...voice], plans[i].prefix]))
    const firsts = keys.map((key) => keys.indexOf(key))
    const unique = [...new Set(firsts)]
    await feeder.feed(unique.map((slot) => ({ slot, length: 0, tokens: plans[slot].prefix })))
    firsts.forEach((first, slot) => {
      if (first !== slot) store.copy(first, slot, lengths[slot])
    })
  } catch (error) {
    dispose()
    throw error
  }

  /** At most DRAWN_RING steps, then one read-back for all. */
  async function runSome(count: number, drawn: Drawn[][]): Promise<void> {
    store.reserve(plans.length, Math.max(...active.map((slot) => lengths[slot])) + count)
    const nothing = { id: 0, time: 0, phone: 0 }
    const rows = active.map((slot) => ({ slot, position: lengths[slot], token: nothing, wantsLogits: true }))
    for (let left = count; left > 0;) {
      const passes = pace.passes(left)
      const isFirst = left === count
      await pace.room()
      await store.attempt(() => {
        if (isFirst) store.writeRows(rows)
        const encoder = device.createCommandEncoder()
        encodePass(encoder, stepping.encode(rows.length, passes))
        pace.submit(encoder.finish(), passes)
      })
      left -= passes
    }
    const bytes = await readBack(guard, [
      { buffer: buffers.states, offset: 0, bytes: buffers.states.size },
      { buffer: buffers.drawn, offset: 0, bytes: buffers.drawn.size },
    ])
    const states = new Uint32Array(bytes, 0, plans.length * STATE_WORDS)
    const tokens = new Uint32Array(bytes, states.byteLength)
    const chances = new Float32Array(bytes, states.byteLength)
    for (const slot of active) {
      const state = states.subarray(slot * STATE_WORDS, (slot + 1) * STATE_WORDS)
      if (state[FAILED_WORD] === 1) {
        throw new ConvergeError(
          'engine-failed',
          'The language model gave no usable numbers for the next token.',
          {
            stream: slot,
            step: state[STEP_WORD],
          },
        )
      }
      for (let step = steps[slot]; step < state[STEP_WORD]; step++) {
        const at = (slot * DRAWN_RING + (step % DRAWN_RING)) * DRAWN_WORDS
        const [id, time, phone] = tokens.subarray(at, at + 3)
        drawn[slot].push({ id, time, phone, probability: chances[at + 3], entropyNats: chances[at + 4] })
      }
      lengths[slot] += state[STEP_WORD] - steps[slot]
      steps[slot] = state[STEP_WORD]
    }
    active = active.filter((slot) => states[slot * STATE_WORDS + DONE_WORD] === 0)
  }

  return {
    get done() {
      return active.length === 0
    },
    async run(count) {
      const drawn: Drawn[][] = plans.map(() => [])
      for (let left = count; left > 0 && active.length > 0; left -= DRAWN_RING) {
        await runSome(Math.min(left, DRAWN_RING), drawn)
      }
      return drawn
    },
    dispose,
  }
}
