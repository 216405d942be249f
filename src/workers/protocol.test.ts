/**
 * Every message survives the way between page and worker: generated from one arbitrary a type and sent through a real
 * channel.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientMessages } from './client-message-arbitraries'
import { workerMessages } from './worker-message-arbitraries'

/** The message at the other end; its samples move, as they do between page and worker. */
async function send(message: object): Promise<unknown> {
  const { port1, port2 } = new MessageChannel()
  const arrived = new Promise((resolve) => port2.addEventListener('message', ({ data }) => resolve(data)))
  port2.start()
  const moved =
    'samples' in message && message.samples instanceof Float32Array ? [message.samples.buffer] : []
  port1.postMessage(message, moved as ArrayBuffer[])
  const data = await arrived
  port1.close()
  return data
}

describe.each([
  ['client', clientMessages],
  ['worker', workerMessages],
])('%s messages', (_, messages) => {
  it.each(Object.keys(messages))('%s arrives as it was sent', async (name) => {
    const arbitrary: fc.Arbitrary<object> = (messages as Record<string, fc.Arbitrary<object>>)[name]
    await fc.assert(
      fc.asyncProperty(arbitrary, async (message) => {
        const wanted = structuredClone(message)
        expect(await send(message)).toEqual(wanted)
      }),
      { numRuns: 30 },
    )
  })
})
