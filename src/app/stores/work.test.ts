import { expect, test, vi } from 'vitest'
import { ConvergeError, type PlainError } from '../../speech/errors'
import { createWork } from './work'

function setUp() {
  const failed = vi.fn<(error: PlainError) => void>()
  const ended = vi.fn<() => void>()
  return { work: createWork({ failed, ended }), failed, ended }
}

/** Work that goes on until it is stopped, and then fails with something. */
const untilStopped = (thrown: unknown) => (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(thrown)))

test('what goes wrong is told, and then the end', async () => {
  const { work, failed, ended } = setUp()
  await work.run(() => {
    expect(work.isBusy()).toBe(true)
    expect(ended).not.toHaveBeenCalled()
    return Promise.reject(new ConvergeError('text-empty', 'Nothing to say.'))
  })
  expect(failed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'text-empty' }))
  expect(ended).toHaveBeenCalledOnce()
  expect(work.isBusy()).toBe(false)
})

test('stopped work has ended and not failed, whatever it throws', async () => {
  for (const thrown of [new ConvergeError('cancelled', 'Stopped.'), new Error('half-way')]) {
    const { work, failed, ended } = setUp()
    const running = work.run(untilStopped(thrown))
    work.stop()
    await running
    expect(failed).not.toHaveBeenCalled()
    expect(ended).toHaveBeenCalledOnce()
  }
})

test('new work takes the place of the old, whose end is not told', async () => {
  const { work, failed, ended } = setUp()
  const first = work.run(untilStopped(new Error('half-way')))
  let finish = () => {}
  const second = work.run(() => new Promise<void>((resolve) => (finish = resolve)))
  await first
  expect(ended).not.toHaveBeenCalled()
  expect(work.isBusy()).toBe(true)
  finish()
  await second
  expect(ended).toHaveBeenCalledOnce()
  expect(failed).not.toHaveBeenCalled()
})
