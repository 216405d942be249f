/**
 * Owns: a batch on top of any cursor: each stream's rule reads its logits, draws, and the token goes back in. Where an
 * engine is as fast with few streams as with many, the others wait: only as many caches grow as run at once. Streams that
 * were begun elsewhere go on: their tokens so far are fed again, and the rest is drawn as it would have been there, since
 * chance is addressed by step. Engines that sample for themselves bring their own.
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

export interface RuleBatchOptions {
  /** Streams that run together. */
  readonly mostAtOnce?: number
  /** As an engine's `start` has it. */
  readonly drawn?: readonly (readonly Drawn[])[] | undefined
}

/** The cursor is the batch's, and goes with it, or with what is thrown. @throws what the rules and `feed` throw */
export async function startRuleBatch(
  cursor: LmCursor,
  specs: readonly StreamSpec[],
  vocabulary: Vocabulary,
  options: RuleBatchOptions = {},
): Promise<LmBatch> {
  try {
    return await beginStreams(cursor, specs, vocabulary, options)
  } catch (error) {
    cursor.dispose()
    throw error
  }
}

async function beginStreams(
  cursor: LmCursor,
  specs: readonly StreamSpec[],
  vocabulary: Vocabulary,
  { mostAtOnce = specs.length, drawn: before = [] }: RuleBatchOptions,
): Promise<LmBatch> {
  const unfinished = specs.flatMap(({ plan, voice }, index) => {
    const rule = planToRule(plan, vocabulary)
    const given = before[index] ?? []
    const state = given.reduce((reached, { id }) => rule.follow(reached, id).state, rule.start)
    return state.done ? [] : [{ index, id: cursor.open(voice), rule, state, given }]
  })
  const logits = await cursor.feed(
    unfinished.map(({ id, rule, given }) => ({ stream: id, tokens: [...rule.prefix, ...given] })),
  )
  let active = unfinished.map((stream, i): RunningStream => ({ ...stream, logits: logits[i] }))

  /** One step of the first streams. @returns how many they were */
  async function step(drawn: Drawn[][]): Promise<number> {
    const feeds = []
    const going = []
    const stepped = active.slice(0, mostAtOnce)
    for (const stream of stepped) {
      const { token, state, ...chance } = stream.rule.next(stream.state, stream.logits)
      stream.state = state
      drawn[stream.index].push({ ...token, ...chance })
      if (state.done) cursor.close(stream.id)
      else {
        going.push(stream)
        feeds.push({ stream: stream.id, tokens: [token] })
      }
    }
    active = [...going, ...active.slice(stepped.length)]
    const rows = going.length > 0 ? await cursor.feed(feeds) : []
    going.forEach((stream, i) => {
      stream.logits = rows[i]
    })
    return stepped.length
  }

  return {
    get done() {
      return active.length === 0
    },
    async run(steps) {
      const drawn: Drawn[][] = specs.map(() => [])
      for (let i = 0; i < steps; i++) {
        for (let due = active.length; due > 0 && active.length > 0;) due -= await step(drawn)
      }
      return drawn
    },
    dispose() {
      active = []
      cursor.dispose()
    },
  }
}
