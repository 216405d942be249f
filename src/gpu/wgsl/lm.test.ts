/**
 * The whole engine against the reference engine on the committed weights: logits, greedy tokens of every task, sampled
 * tokens step by step, and what cursors promise.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planToRule, type PlacedToken, type StreamPlan } from '../../speech/3-units/streams'
import { drawAll, type LmEngine, type StreamSpec } from '../lm-engine'
import { createOrtLm } from '../ort/lm'
import { createSession, setUpRuntime } from '../ort/runtime'
import { describeAdapter, findDawnAdapter, requestTestDevice } from '../testing/dawn'
import { MODELS_FOLDER } from '../testing/disk-ladder'
import { largestDifference } from '../testing/golden'
import { readTestModel } from '../testing/test-model'
import { createWgslLm } from './lm'
import { bundledShaders } from './shaders'

/** Logits reach 20. Keys and values are kept as float16: 5.4e-3 measured over 100 tokens. */
const LOGIT_TOLERANCE = 0.02
/** The same rows in other company: each is summed alike, but tiles of one and of four are compiled apart. */
const SAME = 1e-5
const LEAST_AGREEMENT = 0.99

const adapter = await findDawnAdapter()

describe.skipIf(typeof adapter === 'string')(`wgsl on ${describeAdapter(adapter)}`, () => {
  const { manifest, vocabulary, weights } = readTestModel()
  const voice = Float32Array.from(manifest.voices.af_heart.vector)
  const silent = new Float32Array(manifest.voiceDim)
  let device: GPUDevice
  let ort: LmEngine
  let plain: LmEngine
  let fused: LmEngine

  beforeAll(async () => {
    if (typeof adapter === 'string') return
    setUpRuntime({ threads: 1 })
    const external = [{ path: 'lm.int8.safetensors', data: weights }]
    const graph = new Uint8Array(readFileSync(`${MODELS_FOLDER}lm.int8.onnx`))
    ort = createOrtLm(await createSession('lm.int8.onnx', graph, external), manifest, vocabulary)
    device = await requestTestDevice(adapter)
    const parts = { device, weights, manifest, vocabulary, shaders: bundledShaders, lanes: 1 } as const
    plain = await createWgslLm({ ...parts, rung: 'plain', reduction: 'subgroup' })
    fused = await createWgslLm({ ...parts, rung: 'fused' })
  }, 120_000)
  afterAll(async () => {
    await ort?.dispose()
    await plain?.dispose()
    await fused?.dispose()
    device?.destroy()
  })

  const speak = (phones: string, temperature: number, seed: number): StreamSpec => ({
    plan: {
      task: 'speak',
      phones: phones.split(' '),
      sampling: { temperature, topK: 0, topP: temperature === 0 ? 1 : 0.95, minP: 0 },
      seed,
      take: seed,
    },
    voice,
  })
  const tokensOf = (plan: StreamPlan): readonly PlacedToken[] => planToRule(plan, vocabulary).prefix

  it('gives the reference’s logits, in one piece and in several', { timeout: 600_000 }, async () => {
    const units = Array.from({ length: 29 }, (_, i) => (i * 389) % 1024)
    const { plan } = speak('K AE1 T', 0, 0)
    const babble = {
      task: 'babble',
      units,
      maxFrames: 1,
      sampling: { temperature: 0, topK: 0, topP: 1, minP: 0 },
    } as const
    const rows = [tokensOf(plan), tokensOf({ ...babble, seed: 0, take: 0 })]
    for (const engine of [plain, fused]) {
      const [wanted, whole, parts] = [ort.openCursor(), engine.openCursor(), engine.openCursor()]
      for (const tokens of rows) {
        const feed = async (cursor: typeof whole, cuts: number[]) => {
          const stream = cursor.open(voice)
          let logits = new Float32Array(0)
          for (const [i, start] of cuts.entries()) {
            ;[logits] = (await cursor.feed([{ stream, tokens: tokens.slice(start, cuts[i + 1]) }])) as [
              Float32Array<ArrayBuffer>,
            ]
          }
          return logits
        }
        const found = await feed(whole, [0])
        expect(largestDifference(found, await feed(wanted, [0]))).toBeLessThan(LOGIT_TOLERANCE)
        expect(largestDifference(await feed(parts, [0, 1, 3, 6]), found)).toBeLessThan(SAME)
      }
      for (const cursor of [wanted, whole, parts]) cursor.dispose()
    }
  })

  it('holds phones as long as a person decided', { timeout: 600_000 }, async () => {
    const { plan } = speak('AE1 T', 0, 0)
    const held: StreamSpec[] = [{ plan: { ...plan, held: [2, 3, 1, 2] } as StreamPlan, voice }]
    const [wanted] = await drawAll(ort, held)
    const [found] = await drawAll(plain, held)
    expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
    const isUnit = found.map(({ id }) => vocabulary.isUnit(id))
    expect(isUnit.map((unit) => (unit ? 'u' : '|')).join('')).toBe('uu|uuu|u|uu|')
  })

  it('branches, rewinds and closes streams', { timeout: 600_000 }, async () => {
    const tokens = tokensOf(speak('K AE1 T S', 0, 0).plan)
    const cursor = fused.openCursor()
    const first = cursor.open(voice)
    await cursor.feed([{ stream: first, tokens: tokens.slice(0, 4) }])
    const second = cursor.branch(first)
    const third = cursor.open(silent)
    const rest = tokens.slice(4)
    const [a, b] = await cursor.feed([
      { stream: first, tokens: rest },
      { stream: second, tokens: rest },
      { stream: third, tokens: tokens.slice(0, 2) },
    ])
    expect(largestDifference(a, b)).toBeLessThan(SAME)
    cursor.rewind(first, 4)
    expect(cursor.length(first)).toBe(4)
    cursor.close(third)
    const [again] = await cursor.feed([{ stream: first, tokens: rest }])
    expect(largestDifference(again, a)).toBeLessThan(SAME)
    expect(() => cursor.length(third)).toThrow(/no stream/)
    cursor.dispose()
  })

  it('draws the reference’s greedy tokens for every task at once', { timeout: 600_000 }, async () => {
    const sampling = { temperature: 0, topK: 0, topP: 1, minP: 0 }
    const specs: StreamSpec[] = [
      speak('HH AH0 L OW1 .', 0, 1),
      speak('Y EH1 S .', 0, 2),
      speak('HH AH0 L OW1 .', 0, 3),
      {
        plan: { task: 'babble', units: [891, 891, 12, 400], maxFrames: 8, sampling, seed: 1, take: 0 },
        voice,
      },
      { plan: { task: 'listen', units: [891, 904, 909, 358, 871, 959, 408, 170, 411, 863] }, voice: silent },
      { plan: { task: 'say-as', letters: 'speech' }, voice: silent },
      { plan: { task: 'spell', phones: ['K', 'AE1', 'T'] }, voice: silent },
    ]
    const wanted = await drawAll(ort, specs)
    const some = [1, 4, 6]
    const drawnBy = [
      { found: await drawAll(plain, specs), of: [...specs.keys()] },
      {
        found: await drawAll(
          fused,
          some.map((i) => specs[i]),
        ),
        of: some,
      },
    ]
    for (const { found, of } of drawnBy) {
      found.forEach((drawn, at) => {
        const i = of[at]
        const strip = (tokens: typeof drawn) => tokens.map(({ id, time, phone }) => ({ id, time, phone }))
        expect(strip(drawn), specs[i].plan.task).toEqual(strip(wanted[i]))
        const chances = (key: 'probability' | 'entropyNats') =>
          largestDifference(
            drawn.map((token) => token[key]),
            wanted[i].map((token) => token[key]),
          )
        expect(chances('probability')).toBeLessThan(0.005)
        expect(chances('entropyNats')).toBeLessThan(0.01)
      })
    }
  })

  it(
    'draws what the rule draws from the reference’s logits, at almost every step',
    { timeout: 600_000 },
    async () => {
      const specs = [0.5, 0.8, 1.2, 1.5].map((temperature, i) =>
        speak('G UH1 D B AY1 .', temperature, 100 + i),
      )
      const found = await drawAll(plain, specs)
      let same = 0
      let steps = 0
      for (const [i, { plan }] of specs.entries()) {
        const rule = planToRule(plan, vocabulary)
        const cursor = ort.openCursor()
        const stream = cursor.open(voice)
        let state = rule.start
        let [logits] = await cursor.feed([{ stream, tokens: rule.prefix }])
        for (const { id } of found[i]) {
          steps += 1
          if (rule.next(state, logits).token.id === id) same += 1
          const { token, state: after } = rule.follow(state, id)
          state = after
          if (!state.done) [logits] = await cursor.feed([{ stream, tokens: [token] }])
        }
        expect(state.done).toBe(true)
        cursor.dispose()
      }
      expect(steps).toBeGreaterThan(60)
      expect(same / steps).toBeGreaterThanOrEqual(LEAST_AGREEMENT)
    },
  )
})
