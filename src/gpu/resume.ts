/**
 * Owns: going on with streams that were begun elsewhere: their tokens so far are fed again, their grammar follows them,
 * and the rest is drawn as it would have been there, since chance is addressed by step.
 */
import { planToRule, type Rule, type StreamState } from '../speech/3-units/streams'
import type { Vocabulary } from '../speech/3-units/vocabulary'
import type { Drawn, LmBatch, LmCursor, StreamId, StreamSpec } from './lm-engine'

interface ResumedStream {
  readonly index: number
  readonly id: StreamId
  readonly rule: Rule<StreamState>
  state: StreamState
  logits: Float32Array
}

/** @param drawn what each stream has drawn already; a stream whose last token ended it stays ended. */
export async function resumeBatch(
  cursor: LmCursor,
  specs: readonly StreamSpec[],
  drawn: readonly (readonly Drawn[])[],
  vocabulary: Vocabulary,
): Promise<LmBatch> {
  const begun = specs.map(({ plan, voice }, index) => {
    const rule = planToRule(plan, vocabulary)
    const state = drawn[index].reduce((before, { id }) => rule.follow(before, id).state, rule.start)
    return { index, rule, state, voice }
  })
  const unfinished = begun.filter(({ state }) => !state.done)
  const feeds = unfinished.map(({ index, rule, voice }) => ({
    stream: cursor.open(voice),
    tokens: [...rule.prefix, ...drawn[index]],
  }))
  const logits = await cursor.feed(feeds)
  let active = unfinished.map(({ index, rule, state }, i): ResumedStream => ({
    index,
    rule,
    state,
    id: feeds[i].stream,
    logits: logits[i],
  }))

  async function step(news: Drawn[][]): Promise<void> {
    const steps = active.map((stream) => ({ stream, made: stream.rule.next(stream.state, stream.logits) }))
    const going = steps.filter(({ made }) => !made.state.done)
    const fed = going.map(({ stream, made }) => ({ stream: stream.id, tokens: [made.token] }))
    const rows = fed.length > 0 ? await cursor.feed(fed) : []
    for (const { stream, made } of steps) {
      const { token, state, ...chance } = made
      news[stream.index].push({ ...token, ...chance })
      stream.state = state
      if (state.done) cursor.close(stream.id)
    }
    active = going.map(({ stream }, i) => Object.assign(stream, { logits: rows[i] }))
  }

  return {
    get done() {
      return active.length === 0
    },
    async run(steps) {
      const news: Drawn[][] = specs.map(() => [])
      for (let i = 0; i < steps && active.length > 0; i++) await step(news)
      return news
    },
    dispose() {
      active = []
      cursor.dispose()
    },
  }
}
