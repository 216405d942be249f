/** Branches on the real models: whatever is forced, the rest is what a run from the beginning gives. */
import { afterAll, expect, it } from 'vitest'
import { planToRule, type PlacedToken } from '../../speech/3-units/streams'
import { locateStep, takeToTokens, tokensToTake, type TakeTokens } from '../../speech/takes/take'
import type { Branch } from '../../speech/takes/tree'
import { finish } from './finish'
import { openTakeBench } from '../testing/take-bench'
import { branchTake } from './branch'
import { utteranceToPlan } from './take-streams'

const { ladder, reference, plan, options, take } = await openTakeBench()
afterAll(() => reference.dispose())

/** One token after the other from the very beginning, with one of them forced. */
async function freshRun({ step, token }: Branch, seed: number, seedAfter: number): Promise<TakeTokens> {
  const place = locateStep(plan.utterances, take, step)
  const tokens: number[][] = []
  for (const utterance of plan.utterances.keys()) {
    const ruleOf = (seed: number) =>
      planToRule(utteranceToPlan(plan, utterance, { sampling: options.sampling, seed }), ladder.vocabulary)
    const rules = { before: ruleOf(seed), after: ruleOf(seedAfter) }
    const cursor = ladder.lm.openCursor()
    const stream = cursor.open(options.voice)
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

it('a take branches as a fresh run with the token forced, in either utterance, with the same noise and with new noise', async () => {
  const tokens = takeToTokens(plan.utterances, take, ladder.vocabulary)
  const places = [3, tokens[0].length - 2, tokens[0].length + 4]
  for (const step of places) {
    const there = locateStep(plan.utterances, take, step)
    const drawn = tokens[there.utterance][there.step]
    const [firstUnit] = ladder.vocabulary.unitRange
    const token = ladder.vocabulary.isUnit(drawn) && drawn > firstUnit ? drawn - 1 : firstUnit + 77
    const same: Branch = { step, token, noise: { kind: 'same' } }
    const again = await finish(branchTake(ladder, plan, take, same, options))
    expect(again, `step ${step}`).toEqual(await freshRun(same, 11, 11))
    expect(again).not.toEqual(take)
    const other: Branch = { step, token, noise: { kind: 'new', seed: 99 } }
    expect(await finish(branchTake(ladder, plan, take, other, options))).toEqual(
      await freshRun(other, 11, 99),
    )
    const unchanged = { ...same, token: drawn }
    expect(await finish(branchTake(ladder, plan, take, unchanged, options))).toEqual(take)
  }
  const forbidden: Branch = { step: 0, token: ladder.vocabulary.eos, noise: { kind: 'same' } }
  await expect(finish(branchTake(ladder, plan, take, forbidden, options))).rejects.toThrow(/grammar/)
})
