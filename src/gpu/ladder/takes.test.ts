/**
 * Grids, branches and chances on the real models: whatever way a take is come by, it is the take that one run gives.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleToken } from '../../speech/3-units/sampling'
import { planToRule, type PlacedToken } from '../../speech/3-units/streams'
import { averageTakes } from '../../speech/takes/average'
import { reweight } from '../../speech/takes/reweight'
import { takeToStatistics } from '../../speech/takes/statistics'
import { locateStep, takeToTokens, tokensToTake, type TakeTokens } from '../../speech/takes/take'
import type { Branch } from '../../speech/takes/tree'
import { openTestLadder } from '../testing/disk-ladder'
import { openTestWasmLm } from '../testing/engines'
import { branchTake } from './branch'
import { openReplay, traceHistory } from './chances'
import { controlsToWave, listenToAlternative, takeToControls } from './controls'
import { drawGrid, type GridEvent, type GridTake } from './grid'
import type { Ladder } from './load'
import { textToPlan, type SpokenPlan } from './plan'
import { roundTrip } from './round-trip'
import { drawTakes, takeToWave } from './speak'
import { takeToHistories, utteranceToPlan } from './take-streams'
import { chooseVoice } from './voice'

const cuts = { topP: 1, topK: 0, minP: 0 }
const sampling = { ...cuts, temperature: 0.8 }

async function finish<Event, Result>(
  work: AsyncGenerator<Event, Result>,
  events: Event[] = [],
): Promise<Result> {
  let step = await work.next()
  for (; !step.done; step = await work.next()) events.push(step.value)
  return step.value
}

describe('takes', () => {
  let ort: Ladder
  let ladder: Ladder
  let plan: SpokenPlan
  let voice: Float32Array
  let take: TakeTokens
  const options = () => ({ voice, sampling, seed: 11 })

  beforeAll(async () => {
    ort = await openTestLadder('int8')
    ladder = { ...ort, lm: await openTestWasmLm(ort) }
    plan = await textToPlan(ladder, 'No two takes. Are they?')
    voice = chooseVoice(ladder, { name: 'af_heart' })
    ;[take] = await drawTakes(ladder, plan, options(), 1)
  })
  afterAll(() => ort.dispose())

  /** One token after the other from the very beginning, with one of them forced. */
  async function freshRun({ step, token }: Branch, seed: number, seedAfter: number): Promise<TakeTokens> {
    const place = locateStep(plan.utterances, take, step)
    const tokens: number[][] = []
    for (const [utterance, phones] of plan.utterances.entries()) {
      const ruleOf = (seed: number) =>
        planToRule(utteranceToPlan(phones, { sampling, seed }, utterance), ladder.vocabulary)
      const rules = { before: ruleOf(seed), after: ruleOf(seedAfter) }
      const cursor = ladder.lm.openCursor()
      const stream = cursor.open(voice)
      let state = rules.before.start
      let feed: readonly PlacedToken[] = rules.before.prefix
      const drawn: number[] = []
      while (!state.done) {
        const [logits] = await cursor.feed([{ stream, tokens: feed }])
        const isHere = utterance === place.utterance && drawn.length === place.step
        const isAfter =
          utterance > place.utterance || (utterance === place.utterance && drawn.length > place.step)
        const next = isHere
          ? rules.before.follow(state, token)
          : rules[isAfter ? 'after' : 'before'].next(state, logits)
        state = next.state
        feed = [next.token]
        drawn.push(next.token.id)
      }
      cursor.dispose()
      tokens.push(drawn)
    }
    return tokensToTake(tokens, ladder.vocabulary)
  }

  it('come out of a grid of 15 as out of single runs, each when it is ready', async () => {
    const shape = { temperatures: [0, 0.3, 0.6, 0.9, 1.2], seeds: [3, 4, 5], sharedNoise: 'columns' } as const
    const plan = await textToPlan(ladder, 'Two of us. The wings of the birds clapped loudly.')
    const events: GridEvent[] = []
    const takes = await finish(drawGrid(ladder, plan, { ...shape, voice, cuts }), events)
    expect(takes).toHaveLength(15)
    for (const { row, column, temperature, seed, units, durationsFrames } of takes) {
      expect({ temperature, seed }).toEqual({
        temperature: shape.temperatures[column],
        seed: shape.seeds[row],
      })
      const alone = await drawTakes(ladder, plan, { voice, sampling: { ...cuts, temperature }, seed }, 1)
      expect({ units, durationsFrames }, `T ${temperature}, seed ${seed}`).toEqual(alone[0])
    }
    const whole = events.flatMap((event) => (event.type === 'drawn' ? [event.take] : []))
    expect(new Set(whole)).toEqual(new Set(takes))
    expect(events.filter(({ type }) => type === 'drawing').length).toBeGreaterThan(30)
    const firstWhole = events.findIndex(({ type }) => type === 'drawn')
    expect(firstWhole).toBeLessThan(events.findLastIndex(({ type }) => type === 'drawing'))
    const meanChance = (column: number) => {
      const chances = takes
        .filter((take) => take.column === column)
        .flatMap(({ probabilities }) => probabilities)
      return chances.reduce((sum, p) => sum + p, 0) / chances.length
    }
    expect(meanChance(4)).toBeLessThan(meanChance(0))
  })

  it('branch as a fresh run with the token forced, in either utterance, with the same noise and with new noise', async () => {
    const tokens = takeToTokens(plan.utterances, take, ladder.vocabulary)
    const places = [3, tokens[0].length - 2, tokens[0].length + 4]
    for (const step of places) {
      const there = locateStep(plan.utterances, take, step)
      const drawn = tokens[there.utterance][there.step]
      const [firstUnit] = ladder.vocabulary.unitRange
      const token = ladder.vocabulary.isUnit(drawn) && drawn > firstUnit ? drawn - 1 : firstUnit + 77
      const same: Branch = { step, token, noise: { kind: 'same' } }
      const again = await finish(branchTake(ladder, plan, take, same, options()))
      expect(again, `step ${step}`).toEqual(await freshRun(same, 11, 11))
      expect(again).not.toEqual(take)
      const other: Branch = { step, token, noise: { kind: 'new', seed: 99 } }
      expect(await finish(branchTake(ladder, plan, take, other, options()))).toEqual(
        await freshRun(other, 11, 99),
      )
      const unchanged = { ...same, token: drawn }
      expect(await finish(branchTake(ladder, plan, take, unchanged, options()))).toEqual(take)
    }
    const forbidden: Branch = { step: 0, token: ladder.vocabulary.eos, noise: { kind: 'same' } }
    await expect(finish(branchTake(ladder, plan, take, forbidden, options()))).rejects.toThrow(/grammar/)
  })

  it('can be looked into at any step, in any order, on either engine', async () => {
    const [history] = takeToHistories(ladder, plan, take, options())
    for (const { lm, vocabulary } of [ladder, ort]) {
      const replay = openReplay({ lm, vocabulary }, history)
      for (const step of [0, 20, 21, 5, replay.steps - 1, 4]) {
        const stored = await replay.at(step)
        const { winner, drawn } = reweight(stored, sampling, vocabulary)
        expect({ step, engine: lm.name, token: winner }).toEqual({ step, engine: lm.name, token: drawn.id })
        const address = { seed: 11, take: 0, step }
        expect(sampleToken(stored.logits, stored.allowed, sampling, address).token).toBe(history.tokens[step])
      }
      await expect(replay.at(replay.steps)).rejects.toThrow(/steps 0 to/)
      replay.dispose()
    }
  })

  it('tell the same chances when they are replayed as when they were drawn', async () => {
    const shape = { temperatures: [0.9], seeds: [2], sharedNoise: 'none' } as const
    const [drawn] = (await finish(drawGrid(ladder, plan, { ...shape, voice, cuts }))) as [GridTake]
    const histories = takeToHistories(ladder, plan, drawn, { ...options(), seed: 2 })
    const traces = []
    for (const history of histories) traces.push(await finish(traceHistory(ladder, history)))
    const probabilities = traces.flatMap((trace) => trace.probabilities)
    const entropies = traces.flatMap((trace) => trace.entropiesNats)
    expect(probabilities).toHaveLength(drawn.units.length + drawn.durationsFrames.length)
    probabilities.forEach((p, i) => expect(p).toBeCloseTo(drawn.probabilities[i], 6))
    entropies.forEach((nats, i) => expect(nats).toBeCloseTo(drawn.entropiesNats[i], 6))
  })

  it('can be looked into while listening, too', async () => {
    const listening = { task: 'listen', units: take.units } as const
    const rule = planToRule(listening, ladder.vocabulary)
    const batch = await ladder.lm.start([{ plan: listening, voice: new Float32Array(voice.length) }])
    const drawn = (await batch.run(10_000))[0]
    batch.dispose()
    const tokens = drawn.map(({ id }) => id)
    const history = { plan: listening, voice: new Float32Array(voice.length), tokens }
    const trace = await finish(traceHistory(ladder, history))
    expect(rule.prefix.length).toBe(3)
    trace.probabilities.forEach((p, i) => expect(p).toBeCloseTo(drawn[i].probability, 5))
    trace.entropiesNats.forEach((nats, i) => expect(nats).toBeCloseTo(drawn[i].entropyNats, 5))
  })

  it('can be measured, averaged, and heard with one unit changed', async () => {
    const others = await drawTakes(ladder, plan, { ...options(), seed: 20 }, 3)
    const aligned = []
    for (const { units, durationsFrames } of others) {
      const controls = await takeToControls(ladder, plan, { units, durationsFrames }, voice)
      expect(controls).toHaveLength(units.length * 2 * 162)
      aligned.push({ durationsFrames, controls })
    }
    const { decoder, frameRateHz, samplesPerFrame } = ladder.manifest
    const phones = plan.utterances.flat()
    const shape = { frameRateHz, controlsPerFrame: 162 }
    const spread = aligned.map((each) => takeToStatistics({ phones, ...each }, shape).pitch?.meanHz ?? 0)
    // The voice's description says about 190 Hz.
    for (const hz of spread) expect(Math.abs(hz - 190)).toBeLessThan(60)
    const average = averageTakes(aligned, decoder)
    const frames = average.durationsFrames.reduce((sum, each) => sum + each, 0)
    const samples = controlsToWave(ladder, average.controls, 1)
    expect(samples).toHaveLength(frames * samplesPerFrame)
    expect(samples.every(Number.isFinite)).toBe(true)
    const frame = 40
    const heard = await listenToAlternative(ladder, take, { frame, unit: take.units[frame] ^ 3 }, options())
    expect(heard.startFrame).toBe(24)
    expect(heard.samples).toHaveLength(33 * samplesPerFrame)
    const same = await listenToAlternative(ladder, take, { frame, unit: take.units[frame] }, options())
    expect(same.samples).not.toEqual(heard.samples)
    await expect(listenToAlternative(ladder, take, { frame: -1, unit: 0 }, options())).rejects.toThrow(
      /codebook/,
    )
  })

  it('are understood by the model that said them', async () => {
    const plan = await textToPlan(ladder, 'The wings of the birds clapped loudly.')
    const calm = { ...options(), sampling: { ...cuts, temperature: 0.3 } }
    const [said] = await drawTakes(ladder, plan, calm, 1)
    const trip = await finish(roundTrip(ladder, plan, await takeToWave(ladder, plan, said, calm)))
    expect(trip.phones.rate).toBeLessThan(0.3)
    expect(trip.words?.length).toBe(7)
    expect(trip.heard.phones.length).toBeGreaterThan(10)
  })
})
