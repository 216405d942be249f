/**
 * How far the plain rung reaches, on a tiny model: as far as it says it gives the reference's numbers, beyond that it
 * refuses, and what recovers goes on elsewhere.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlacedToken } from '../../../speech/3-units/streams'
import { GREEDY } from '../../../speech/3-units/sampling'
import { drawAll, type LmEngine, type StreamSpec } from '../../lm-engine'
import { withRecovery, type Recovery } from '../../recovery'
import { describeAdapter, findDawnAdapter, requestTestDevice } from '../../testing/dawn'
import { largestDifference } from '../../testing/golden'
import { createReferenceEngine } from '../../testing/reference-engine'
import { makeTinyModel } from '../../testing/tiny-model'
import { createWgslLm } from '../lm'
import type { RungName } from '../rung'
import { bundledShaders } from '../shaders'
import { PLAIN_POSITIONS } from './rung'

/** Logits reach 6; the last bit of a half may fall either way in the cache. */
const TOLERANCE = 5e-3

const adapter = await findDawnAdapter()
const model = makeTinyModel()
const voice = Float32Array.from({ length: model.manifest.voiceDim }, (_, i) => Math.sin(i))

const makeTokens = (count: number): PlacedToken[] =>
  Array.from({ length: count }, (_, i) => ({
    id: model.vocabulary.unitToId((i * 5) % model.manifest.codes),
    time: i,
    phone: Math.floor(i / 4),
  }))

async function logitsOf(lm: LmEngine, tokens: readonly PlacedToken[]): Promise<Float32Array> {
  const cursor = lm.openCursor()
  const [logits] = await cursor.feed([{ stream: cursor.open(voice), tokens }])
  cursor.dispose()
  return logits
}

describe.skipIf(typeof adapter === 'string')(`the plain rung on ${describeAdapter(adapter)}`, () => {
  const reference = createReferenceEngine(model)
  let device: GPUDevice
  const open = (rung: RungName) => createWgslLm({ device, shaders: bundledShaders, rung, lanes: 1, ...model })
  beforeAll(async () => {
    if (typeof adapter !== 'string') device = await requestTestDevice(adapter)
  })
  afterAll(() => device?.destroy())

  it('gives the reference’s logits as far as it reaches, and refuses one position more', async () => {
    const plain = await open('plain')
    const cursor = plain.openCursor()
    const stream = cursor.open(voice)
    const tokens = makeTokens(PLAIN_POSITIONS + 1)
    const last = tokens.slice(PLAIN_POSITIONS)
    const [logits] = await cursor.feed([{ stream, tokens: tokens.slice(0, PLAIN_POSITIONS) }])
    const wanted = await logitsOf(reference, tokens.slice(0, PLAIN_POSITIONS))
    expect(largestDifference(logits, wanted)).toBeLessThan(TOLERANCE)
    await expect(cursor.feed([{ stream, tokens: last }])).rejects.toMatchObject({
      code: 'engine-failed',
      facts: { wanted: PLAIN_POSITIONS + 1, limit: PLAIN_POSITIONS },
    })
    expect(cursor.length(stream)).toBe(PLAIN_POSITIONS)
    cursor.dispose()
    await plain.dispose()
  })

  it('is the only one that ends there', async () => {
    const fused = await open('fused')
    const tokens = makeTokens(PLAIN_POSITIONS + 40)
    const difference = largestDifference(await logitsOf(fused, tokens), await logitsOf(reference, tokens))
    expect(difference).toBeLessThan(TOLERANCE)
    await fused.dispose()
  })

  it('hands over what grows longer, at once and with the same tokens', async () => {
    const recoveries: Recovery[] = []
    const lm = await withRecovery({
      makeEngine: () => open('plain'),
      makeFallback: async () => reference,
      onRecovery: (recovery) => recoveries.push(recovery),
    })
    const units = Array.from({ length: PLAIN_POSITIONS - 4 }, (_, i) => (i * 3) % model.manifest.codes)
    const plan = { task: 'babble', units, maxFrames: 40, sampling: GREEDY, seed: 0, take: 0 } as const
    const specs: StreamSpec[] = [{ plan, voice }]
    const toIds = async (engine: LmEngine) => (await drawAll(engine, specs))[0].map(({ id }) => id)
    expect(await toIds(lm)).toEqual(await toIds(reference))
    expect(recoveries).toMatchObject([{ failed: 'wgsl', engine: 'wasm' }])
    await lm.dispose()
  })
})
