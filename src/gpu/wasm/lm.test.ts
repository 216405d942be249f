/**
 * What only this engine promises: memory that is used again, prefixes that are shared, and refusals with a reason.
 */
import { describe, expect, it } from 'vitest'
import { feedEach } from '../lm-engine'
import { textToPlan } from '../ladder/plan'
import { drawTakes } from '../ladder/speak'
import { chooseVoice } from '../ladder/voice'
import { largestDifference } from '../testing/golden'
import { createReferenceEngine } from '../testing/reference-engine'
import { readTestModel } from '../testing/test-model'
import { makeTinyModel } from '../testing/tiny-model'
import { openTestLadder, readLmWasm } from '../testing/disk-ladder'
import { createWasmLm } from './lm'

const LONG_TEXT =
  'The quick brown fox jumps over the lazy dog while the sun goes down, and nobody in the old house by the river hears a ' +
  'single thing, because the rain has been falling on the roof since early in the morning. It will not stop before the ' +
  'evening comes, and by then the fox is far away in the hills, asleep under a tall pine.'

describe('the WebAssembly engine', () => {
  const { manifest, vocabulary, weights } = readTestModel()
  const open = async () => createWasmLm({ module: await readLmWasm(), weights, manifest, vocabulary })
  const tokens = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: 120 + (i % 1000), time: i, phone: 0 }))
  const voice = () => new Float32Array(manifest.voiceDim)

  it('uses the memory of closed streams again', async () => {
    const engine = await open()
    const use = async () => {
      const cursor = engine.openCursor()
      const stream = cursor.open(voice())
      await cursor.feed([{ stream, tokens: tokens(20) }])
      const branch = cursor.branch(stream)
      await cursor.feed([stream, branch].map((each) => ({ stream: each, tokens: tokens(3) })))
      cursor.rewind(branch, 5)
      cursor.close(stream)
      cursor.dispose()
    }
    await use()
    const { memoryBytes } = engine
    for (let i = 0; i < 200; i++) await use()
    expect(engine.memoryBytes).toBe(memoryBytes)
  })

  it('keeps a shared prefix once, and 10.6 kB for each further position', async () => {
    const engine = await open()
    const empty = engine.memoryBytes
    const cursor = engine.openCursor()
    const streams = Array.from({ length: 16 }, () => cursor.open(voice()))
    await cursor.feed(streams.map((stream) => ({ stream, tokens: tokens(256) })))
    const shared = engine.memoryBytes - empty
    expect(shared).toBeLessThan(256 * 10_600 + 200_000)
    await cursor.feed(streams.map((stream) => ({ stream, tokens: tokens(16) })))
    expect(engine.memoryBytes - empty - shared).toBeLessThan(16 * 16 * 10_600 + 200_000)
  })

  it('draws 16 takes of 20 s in 40 MB, weights included, as it draws each alone', async () => {
    const engine = await open()
    const ladder = { ...(await openTestLadder('int8')), lm: engine }
    const plan = await textToPlan(ladder, LONG_TEXT)
    const sampling = { temperature: 0.7, topP: 1, topK: 0, minP: 0 }
    const options = { voice: chooseVoice(ladder, { name: 'af_heart' }), sampling, seed: 1 }
    const takes = await drawTakes(ladder, plan, options, 16)
    const seconds = takes.map(({ units }) => units.length / manifest.frameRateHz)
    expect(seconds.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(16 * 19)
    expect(engine.memoryBytes).toBeLessThan(40e6)
    expect(await drawTakes(ladder, plan, { ...options, seed: 14 }, 1)).toEqual([takes[13]])
    await ladder.dispose()
  })

  it('computes with the sizes and the epsilon of another model', async () => {
    const tiny = makeTinyModel()
    const engine = await createWasmLm({ module: await readLmWasm(), ...tiny })
    const fed = Array.from({ length: 40 }, (_, i) => ({
      id: (i * 7) % tiny.vocabulary.size,
      time: i,
      phone: i % 5,
    }))
    const logits = []
    for (const lm of [engine, createReferenceEngine(tiny)]) {
      const cursor = lm.openCursor()
      const stream = cursor.open(new Float32Array(tiny.manifest.voiceDim).fill(0.5))
      logits.push((await cursor.feed([{ stream, tokens: fed }]))[0])
    }
    // They reach 6; the references keep halves, the kernels int16.
    expect(largestDifference(logits[0], logits[1])).toBeLessThan(0.01)
  })

  it('refuses what it cannot compute, and goes on', async () => {
    const engine = await open()
    const cursor = engine.openCursor()
    const stream = cursor.open(voice())
    const failed = { code: 'engine-failed' }
    await expect(cursor.feed([{ stream, tokens: [] }])).rejects.toMatchObject(failed)
    const strange = [{ id: vocabulary.size, time: 0, phone: 0 }]
    await expect(cursor.feed([{ stream, tokens: strange }])).rejects.toMatchObject(failed)
    await expect(cursor.feed([{ stream, tokens: tokens(9000) }])).rejects.toMatchObject(failed)
    expect(cursor.length(stream)).toBe(0)
    expect(await cursor.feed([{ stream, tokens: tokens(2) }])).toHaveLength(1)
  })

  it('takes nothing of a call that fails: lengths, memory and what follows are as before', async () => {
    const engine = await open()
    const cursor = engine.openCursor()
    const [fed, tooLong] = [cursor.open(voice()), cursor.open(voice())]
    await cursor.feed([{ stream: fed, tokens: tokens(20) }])
    // The last page is shared and half full.
    const branch = cursor.branch(fed)
    const [wanted] = await cursor.feed([{ stream: branch, tokens: tokens(5) }])
    const feeds = [
      { stream: fed, tokens: tokens(30) },
      { stream: tooLong, tokens: tokens(9000) },
    ]
    const use = async () => {
      await expect(cursor.feed(feeds)).rejects.toMatchObject({ code: 'engine-failed' })
      await expect(feedEach(cursor, feeds)).rejects.toMatchObject({ code: 'engine-failed' })
    }
    await use()
    const { memoryBytes } = engine
    for (let i = 0; i < 100; i++) await use()
    expect(engine.memoryBytes).toBe(memoryBytes)
    expect([cursor.length(fed), cursor.length(tooLong)]).toEqual([20, 0])
    expect(await cursor.feed([{ stream: fed, tokens: tokens(5) }])).toEqual([wanted])
  })

  it('gives back what a batch took that can not start', async () => {
    const engine = await open()
    const unit = { task: 'listen', units: [1] } as const
    const start = async (units: readonly number[]) => {
      const specs = [unit, { ...unit, units }].map((plan) => ({ plan, voice: voice() }))
      await expect(engine.start(specs)).rejects.toMatchObject({ code: 'units-invalid' })
    }
    await start([])
    const { memoryBytes } = engine
    for (let i = 0; i < 200; i++) await start([-1])
    expect(engine.memoryBytes).toBe(memoryBytes)
  })

  it('refuses weights that are cut or of another model, and a machine without SIMD', async () => {
    const module = await readLmWasm()
    const cut = weights.subarray(0, weights.length - 64)
    await expect(createWasmLm({ module, weights: cut, manifest, vocabulary })).rejects.toMatchObject({
      code: 'model-damaged',
    })
    const larger = { ...manifest, lm: { ...manifest.lm, ff: manifest.lm.ff + 96 } }
    await expect(createWasmLm({ module, weights, manifest: larger, vocabulary })).rejects.toMatchObject({
      code: 'model-incompatible',
    })
    const odd = { ...manifest, lm: { ...manifest.lm, headDim: 60 } }
    await expect(createWasmLm({ module, weights, manifest: odd, vocabulary })).rejects.toMatchObject({
      code: 'model-incompatible',
    })
    const noModule = new Uint8Array([0, 97, 115, 109, 9, 0, 0, 0])
    await expect(createWasmLm({ module: noModule, weights, manifest, vocabulary })).rejects.toMatchObject({
      code: 'engine-unavailable',
    })
  })
})
