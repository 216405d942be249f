/** The picture worker's client against a worker that only keeps what it is sent. */
import { expect, it } from 'vitest'
import { createPictureClient, type PictureAnswer, type PictureRequest } from './spectrogram'

class HeldWorker extends EventTarget {
  readonly received: PictureRequest[] = []
  postMessage(message: PictureRequest, transfer: Transferable[] = []) {
    this.received.push(structuredClone(message, { transfer }))
  }
  terminate() {}
  answer(data: PictureAnswer) {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

function createHarness() {
  const workers: HeldWorker[] = []
  const client = createPictureClient(() => {
    const worker = new HeldWorker()
    workers.push(worker)
    return worker as unknown as Worker
  })
  return { client, workers }
}

it('answers each call with its own, and with its failure', async () => {
  const { client, workers } = createHarness()
  client.close(1)
  expect(workers).toHaveLength(0)
  const wav = client.wav(1)
  const copy = client.copy(2)
  client.close(1)
  const [worker] = workers
  expect(worker.received.map(({ type }) => type)).toEqual(['wav', 'copy', 'close'])
  const error = { code: 'audio-empty', message: 'No sound.', facts: {} } as const
  worker.answer({ type: 'failed', id: 2, error })
  worker.answer({ type: 'wav', id: 1, bytes: new Uint8Array(44) })
  expect(await wav).toHaveLength(44)
  await expect(copy).rejects.toMatchObject({ code: 'audio-empty' })
})

it('goes on with a new worker when one has died, and leaves nobody waiting', async () => {
  const { client, workers } = createHarness()
  const lost = client.copy(1)
  workers[0].dispatchEvent(new Event('error'))
  await expect(lost).rejects.toMatchObject({ code: 'worker-stopped' })
  const channel = new Float32Array(3)
  const opening = client.open(2, { channels: [channel], sampleRateHz: 1000 })
  expect(channel).toHaveLength(0)
  expect(workers[1].received).toMatchObject([{ type: 'open', soundId: 2 }])
  client.dispose()
  await expect(opening).rejects.toMatchObject({ code: 'worker-stopped' })
  await expect(client.copy(2)).rejects.toMatchObject({ code: 'worker-stopped' })
})
