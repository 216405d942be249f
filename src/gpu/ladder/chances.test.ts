/** The model's mind on the real models: looked into again, it is what it was while drawing. */
import { afterAll, expect, it } from 'vitest'
import { NO_CUTS, sampleToken } from '../../speech/3-units/sampling'
import { planToRule } from '../../speech/3-units/streams'
import { reweight } from '../../speech/takes/reweight'
import { finish } from './finish'
import { openTakeBench } from '../testing/take-bench'
import { openReplay, traceHistory } from './chances'
import { drawGrid, type GridTake } from './grid'
import { takeToHistories } from './take-streams'

const { ladder, reference, plan, options, take } = await openTakeBench()
afterAll(() => reference.dispose())

it('a take can be looked into at any step, in any order, on either engine', async () => {
  const [history] = takeToHistories(ladder, plan, take, options)
  for (const { lm, vocabulary } of [ladder, reference]) {
    const replay = openReplay({ lm, vocabulary }, history)
    for (const step of [0, 20, 21, 5, replay.steps - 1, 4]) {
      const stored = await replay.at(step)
      const { winner, drawn } = reweight(stored, options.sampling, vocabulary)
      expect({ step, engine: lm.name, token: winner }).toEqual({ step, engine: lm.name, token: drawn.id })
      const address = { seed: 11, take: 0, step }
      expect(sampleToken(stored.logits, stored.allowed, options.sampling, address).token).toBe(
        history.tokens[step],
      )
    }
    await expect(replay.at(replay.steps)).rejects.toThrow(/steps 0 to/)
    replay.dispose()
  }
})

it('chances are the same chances replayed as drawn', async () => {
  const shape = { temperatures: [0.9], seeds: [2], sharedNoise: 'none' } as const
  const [drawn] = (await finish(
    drawGrid(ladder, plan, { ...shape, voice: options.voice, cuts: NO_CUTS }),
  )) as [GridTake]
  const histories = takeToHistories(ladder, plan, drawn, { ...options, seed: 2 })
  const traces = []
  for (const history of histories) traces.push(await finish(traceHistory(ladder, history)))
  const probabilities = traces.flatMap((trace) => trace.probabilities)
  const entropies = traces.flatMap((trace) => trace.entropiesNats)
  expect(probabilities).toHaveLength(drawn.units.length + drawn.durationsFrames.length)
  probabilities.forEach((p, i) => expect(p).toBeCloseTo(drawn.probabilities[i], 6))
  entropies.forEach((nats, i) => expect(nats).toBeCloseTo(drawn.entropiesNats[i], 6))
})

it('listening can be looked into, too', async () => {
  const listening = { task: 'listen', units: take.units } as const
  const rule = planToRule(listening, ladder.vocabulary)
  const batch = await ladder.lm.start([{ plan: listening, voice: new Float32Array(options.voice.length) }])
  const drawn = (await batch.run(10_000))[0]
  batch.dispose()
  const tokens = drawn.map(({ id }) => id)
  const history = { plan: listening, voice: new Float32Array(options.voice.length), tokens }
  const trace = await finish(traceHistory(ladder, history))
  expect(rule.prefix.length).toBe(3)
  trace.probabilities.forEach((p, i) => expect(p).toBeCloseTo(drawn[i].probability, 5))
  trace.entropiesNats.forEach((nats, i) => expect(nats).toBeCloseTo(drawn[i].entropyNats, 5))
})
