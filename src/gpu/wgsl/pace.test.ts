/** The pace, on a device that does nothing: who waits, and what is done at once. */
import { expect, it } from 'vitest'
import type { DeviceGuard } from './device-guard'
import { createPace } from './pace'

it('has room for two submits; a third waits until one is done', async () => {
  const finish: (() => void)[] = []
  let submits = 0
  const queue = {
    submit: () => void (submits += 1),
    onSubmittedWorkDone: () => new Promise<void>((done) => finish.push(done)),
  }
  const guard = { device: { queue }, wait: (work: Promise<unknown>) => work } as unknown as DeviceGuard
  const pace = createPace(guard)
  const commands = {} as GPUCommandBuffer
  for (const submit of [1, 2]) {
    await pace.room()
    pace.submit(commands, 1)
    // At once, so that whoever watches for errors sees it.
    expect(submits).toBe(submit)
  }
  let hasRoom = false
  const waiting = pace.room().then(() => {
    hasRoom = true
  })
  await new Promise((go) => setTimeout(go, 5))
  expect(hasRoom).toBe(false)
  finish[0]()
  await waiting
  pace.submit(commands, 1)
  expect(submits).toBe(3)
})

it('takes as many passes at once as fill 50 ms, one while nothing is measured', async () => {
  const queue = { submit: () => undefined, onSubmittedWorkDone: async () => undefined }
  const guard = { device: { queue }, wait: (work: Promise<unknown>) => work } as unknown as DeviceGuard
  const pace = createPace(guard)
  expect(pace.passes(16)).toBe(1)
  for (let i = 0; i < 12; i++) {
    await pace.room()
    pace.submit({} as GPUCommandBuffer, 16)
    await new Promise((go) => setTimeout(go, 1))
  }
  expect(pace.passes(16)).toBe(16)
  expect(pace.passes(3)).toBe(3)
})
