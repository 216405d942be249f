/**
 * Owns: listening as the page does it: first the phones as the model hears them by itself, which is quick and what it is
 * judged by, then the words that a search over several histories makes of the same units, or of several hearings. The
 * search's own phones are not shown: its lexicon pulls them towards words, so they would say less about what was heard.
 */
import type { Unit } from '../../speech/3-units/vocabulary'
import type { TokenizerName } from '../networks'
import { listenClosely } from './hear-closely'
import type { HeardNews, HeardStretch, ToSeconds } from './heard'
import { hearPhones } from './listen-greedily'
import type { Ladder } from './load'
import { findReadings, spellReadings } from './search'
import { stretchToVoice, type Stretch } from './tokenize'

/** Histories that the search keeps; or `close`: several hearings, fewer words of strangers wrong, about four times as long. */
export type Effort = number | 'close'

/** Yields new phones while it hears, and nothing new while it searches: moments at which to stop. */
export async function* hearAndSearch(
  ladder: Ladder,
  stretch: Stretch,
  units: readonly Unit[],
  tokenizer: TokenizerName,
  effort: Effort,
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, HeardStretch> {
  const phones = yield* hearPhones(ladder, units, toSeconds)
  const searching =
    effort === 'close'
      ? listenClosely(ladder, stretch, units, tokenizer, toSeconds)
      : findReadings(
          ladder,
          units,
          await stretchToVoice(ladder, stretch),
          tokenizer,
          { beam: effort, asksLone: false },
          toSeconds,
        )
  let step = await searching.next()
  for (; !step.done; step = await searching.next()) yield { phones: [], frames: units.length }
  return { ...(await spellReadings(ladder, step.value)), phones }
}
