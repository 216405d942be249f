/**
 * Owns: a batch on top of any cursor: each stream's rule reads its logits, draws, and the token goes back in. Engines that
 * sample for themselves bring their own.
 */
import { planToRule, type Rule, type StreamState } from '../speech/3-units/streams'
import type { Vocabulary } from '../speech/3-units/vocabulary'
import type { Drawn, LmBatch, LmCursor, StreamId, StreamSpec } from './lm-engine'

interface RunningStream {
  /** Its place among the specs. */
  readonly index: number
  readonly id: StreamId
  readonly rule: Rule<StreamState>
  state: StreamState
  logits: Float32Array
}

export async function startRuleBatch(
  cursor: LmCursor,
  specs: readonly StreamSpec[],
  vocabulary: Vocabulary,
): Promise<LmBatch> {
  const rules = specs.map(({ plan }) => planToRule(plan, vocabulary))
  const ids = specs.map(({ voice }) => cursor.open(voice))
  const logits = await cursor.feed(ids.map((stream, i) => ({ stream, tokens: rules[i].prefix })))
  let active: RunningStream[] = rules.map((rule, index) => ({
    index,
    id: ids[index],
    rule,
    state: rule.start,
    logits: logits[index],
  }))

  async function step(drawn: Drawn[][]): Promise<void> {
    const feeds = []
    const going = []
    for (const stream of active) {
      const { token, state, ...chance } = stream.rule.next(stream.state, stream.logits)
      stream.state = state
      drawn[stream.index].push({ ...token, ...chance })
      if (state.done) cursor.close(stream.id)
      else {
        going.push(stream)
        feeds.push({ stream: stream.id, tokens: [token] })
      }
    }
    active = going
    if (going.length === 0) return
    const rows = await cursor.feed(feeds)
    going.forEach((stream, i) => {
      stream.logits = rows[i]
    })
  }

  return {
    get done() {
      return active.length === 0
    },
    async run(steps) {
      const drawn: Drawn[][] = specs.map(() => [])
      for (let i = 0; i < steps && active.length > 0; i++) await step(drawn)
      return drawn
    },
    dispose() {
      active = []
      cursor.dispose()
    },
  }
}
