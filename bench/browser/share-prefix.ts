/**
 * Owns: an engine whose streams, where they are takes of one sentence in one voice, read their common beginning once and
 * branch. The steps, which the bench compares, are what they were.
 */
import { planToRule } from '../../src/speech/3-units/streams'
import type { Vocabulary } from '../../src/speech/3-units/vocabulary'
import type { LmCursor, LmEngine } from '../../src/gpu/lm-engine'
import { startRuleBatch } from '../../src/gpu/rule-batch'

export function sharePrefix(engine: LmEngine, vocabulary: Vocabulary): LmEngine {
  return {
    ...engine,
    async start(specs) {
      const cursor = engine.openCursor()
      const [{ plan, voice }] = specs
      const stem = cursor.open(voice)
      const [logits] = await cursor.feed([{ stream: stem, tokens: planToRule(plan, vocabulary).prefix }])
      let hasBegun = false
      const branching: LmCursor = {
        ...cursor,
        open: () => cursor.branch(stem),
        async feed(feeds) {
          if (hasBegun) return cursor.feed(feeds)
          hasBegun = true
          cursor.close(stem)
          return feeds.map(() => logits.slice())
        },
      }
      return startRuleBatch(branching, specs, vocabulary)
    },
  }
}
