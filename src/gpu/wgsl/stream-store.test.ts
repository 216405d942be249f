/**
 * The store of streams on a device: what slots hold survives growth and copies, and what the device refuses is told to
 * whoever waits for it, not to the console.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeAdapter, findDawnAdapter, requestTestDevice } from '../testing/dawn'
import { makeTinyModel } from '../testing/tiny-model'
import { guardDevice, type DeviceGuard } from './device-guard'
import { readBack } from './read-back'
import { manifestToShape } from './shape'
import { StreamStore } from './stream-store'

const adapter = await findDawnAdapter()
const { manifest, vocabulary } = makeTinyModel()
const shape = manifestToShape(manifest, vocabulary)
/** Of one position in one layer, in 4-byte words. */
const POSITION_WORDS = shape.dim

describe.skipIf(typeof adapter === 'string')(`the store on ${describeAdapter(adapter)}`, () => {
  let device: GPUDevice
  let guard: DeviceGuard
  const uncaptured: string[] = []
  beforeAll(async () => {
    if (typeof adapter === 'string') return
    device = await requestTestDevice(adapter)
    device.onuncapturederror = ({ error }) => uncaptured.push(error.message)
    guard = guardDevice(device)
  })
  afterAll(() => device?.destroy())

  const open = (isJoined: boolean, mostPositions = Infinity) =>
    new StreamStore(guard, shape, { slots: 3, positions: 100, mostPositions, isJoined })

  /** Numbers that name their slot, layer and place. */
  const contents = (slot: number, positions: number) => ({
    caches: Array.from({ length: shape.layers }, (_, layer) =>
      Uint32Array.from({ length: positions * POSITION_WORDS }, (__, i) => 1e8 * slot + 1e7 * layer + i),
    ),
    voice: Float32Array.from({ length: shape.voiceDim }, (_, i) => slot + i / 100),
    logits: Float32Array.from({ length: shape.vocabularySize }, (_, i) => 100 * slot + i),
  })

  /** Where a slot's numbers lie, as far as `positions`. */
  const spansOf = (
    { buffers, layerPositions, logitsBytes }: StreamStore,
    slot: number,
    slots: number,
    positions: number,
  ) => [
    ...buffers.cache.map(({ buffer, offset }) => ({
      buffer,
      offset: offset + slot * (layerPositions / slots) * POSITION_WORDS * 4,
      bytes: positions * POSITION_WORDS * 4,
    })),
    { buffer: buffers.voices, offset: slot * shape.voiceDim * 4, bytes: shape.voiceDim * 4 },
    { buffer: buffers.logits, offset: slot * logitsBytes, bytes: logitsBytes },
  ]

  function fill(store: StreamStore, slot: number, slots: number, positions: number): void {
    const { caches, voice, logits } = contents(slot, positions)
    spansOf(store, slot, slots, positions).forEach(({ buffer, offset }, i) =>
      device.queue.writeBuffer(buffer, offset, [...caches, voice, logits][i]),
    )
  }

  async function expectContents(
    store: StreamStore,
    slot: number,
    slots: number,
    of: number,
    positions: number,
  ) {
    const bytes = await readBack(guard, spansOf(store, slot, slots, positions))
    const { caches, voice, logits } = contents(of, positions)
    let at = 0
    for (const part of [...caches, voice, logits]) {
      const found = new Uint8Array(bytes, at, part.byteLength)
      expect(found, `slot ${slot}`).toEqual(new Uint8Array(part.buffer))
      at += part.byteLength
    }
  }

  it.each([false, true])('keeps what three slots hold while it grows (joined: %s)', async (isJoined) => {
    const store = open(isJoined)
    for (const slot of [0, 1, 2]) fill(store, slot, 3, 100)
    store.reserve(3, 300)
    store.reserve(5, 300)
    // At least twice as many as before.
    for (const slot of [0, 1, 2]) await expectContents(store, slot, 6, slot, 100)
    expect(store.version).toBe(2)
    store.destroy()
  })

  it('copies a slot onto others, before and after it grew', async () => {
    const store = open(false)
    for (const slot of [0, 1, 2]) fill(store, slot, 3, 100)
    store.copy(2, 0, 60)
    await expectContents(store, 0, 3, 2, 60)
    store.reserve(3, 300)
    store.copy(1, 2, 100)
    store.copy(2, 0, 100)
    for (const slot of [0, 1, 2]) await expectContents(store, slot, 3, 1, 100)
    store.destroy()
  })

  it('tells whoever gives it commands what the device refused', async () => {
    const store = open(false)
    const failed = { code: 'engine-failed' }
    expect(await store.attempt(() => 'done')).toBe('done')
    // Far more than any buffer may have.
    store.reserve(1_000_000, 128)
    store.copy(0, 1, 10)
    await expect(store.attempt(() => undefined)).rejects.toMatchObject(failed)
    expect(uncaptured).toEqual([])
    store.destroy()
    expect(() => open(false, 99)).toThrow(expect.objectContaining(failed))
  })

  it('stands on a lost device too, until somebody waits for it', async () => {
    if (typeof adapter === 'string') return
    const doomed = await requestTestDevice(adapter)
    const doomedGuard = guardDevice(doomed)
    const size = { slots: 1, positions: 1, mostPositions: Infinity, isJoined: false }
    const before = new StreamStore(doomedGuard, shape, size)
    doomed.destroy()
    await doomed.lost
    const after = new StreamStore(doomedGuard, shape, size)
    for (const store of [before, after]) {
      store.reserve(4, 200)
      store.copy(0, 1, 10)
      store.writeVoice(0, new Float32Array(shape.voiceDim))
      await expect(store.attempt(() => undefined)).rejects.toMatchObject({ facts: { lost: true } })
      store.destroy()
    }
  })
})
