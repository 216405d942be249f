import { describe, expect, it } from 'vitest'
import { createQueue } from './queue'

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

describe('the queue', () => {
  it('answers a hundred overlapping requests, one at a time, in order', async () => {
    const queue = createQueue()
    const ended: number[] = []
    let running = 0
    for (let id = 0; id < 100; id++) {
      queue.add({
        id,
        async run() {
          running += 1
          expect(running).toBe(1)
          await turn()
          running -= 1
          if (id % 10 === 3) throw new Error('made to fail')
          ended.push(id)
        },
        onFailed: () => ended.push(-id),
        onCancelled: () => expect.unreachable(),
      })
    }
    while (ended.length < 100) await turn()
    expect(ended.map(Math.abs)).toEqual(Array.from({ length: 100 }, (_, id) => id))
    expect(ended.filter((id) => id < 0)).toHaveLength(10)
  })

  it('cancels what runs by its signal and what waits at once', async () => {
    const queue = createQueue()
    const log: string[] = []
    const add = (id: number) =>
      queue.add({
        id,
        async run(signal) {
          log.push(`run ${id}`)
          while (!signal.aborted) await turn()
          signal.throwIfAborted()
        },
        onFailed: () => log.push(`failed ${id}`),
        onCancelled: () => log.push(`cancelled ${id}`),
      })
    add(1)
    add(2)
    queue.cancel(2)
    queue.cancel(1)
    queue.cancel(77)
    await turn()
    await turn()
    expect(log).toEqual(['run 1', 'cancelled 2', 'cancelled 1'])
  })

  it('is idle when all is done, also what a job added as it started', async () => {
    const queue = createQueue()
    const log: number[] = []
    const add = (id: number, next?: number) =>
      queue.add({
        id,
        async run() {
          if (next) add(next)
          await turn()
          log.push(id)
        },
        onFailed: () => expect.unreachable(),
        onCancelled: () => expect.unreachable(),
      })
    await queue.whenIdle()
    add(1, 3)
    add(2)
    await queue.whenIdle()
    expect(log).toEqual([1, 3, 2])
  })
})
