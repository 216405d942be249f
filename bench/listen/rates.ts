/**
 * Owns: the figures of one set of speech: phone and word error rates, the words outside the lexicon apart, and time.
 */
import type { Effort } from '../../src/gpu/ladder/hear-and-search'
import { listen } from '../../src/gpu/ladder/listen'
import type { Ladder } from '../../src/gpu/ladder/load'
import { planToText, textToPlan } from '../../src/gpu/ladder/plan'
import type { TokenizerName } from '../../src/gpu/networks'
import { finish } from '../../src/gpu/ladder/finish'
import { phoneErrorRate, poolRates, wordErrorRate, type ErrorRate } from '../../src/speech/measure/errorRate'
import type { Utterance } from './sets'

export interface Figures {
  readonly phones: number
  readonly words: number
  /** Of the reference's words that the lexicon has, the share missed or heard as others. */
  readonly knownWords: number
  /** Of those that it lacks, and how many there are. */
  readonly unknownWords: number
  readonly unknownCount: number
  /** Of processor time, so that a busy machine does not change it. */
  readonly realTimeFactor: number
  readonly seconds: number
  readonly utterances: readonly { readonly file: string; readonly text: string; readonly heard: string }[]
}

export async function measureSet(
  ladder: Ladder,
  utterances: readonly Utterance[],
  tokenizer: TokenizerName,
  effort: Effort,
): Promise<Figures> {
  const phones: ErrorRate[] = []
  const words: ErrorRate[] = []
  const heardTexts: string[] = []
  let seconds = 0
  let micros = 0
  for (const { text, recording } of utterances) {
    const plan = await textToPlan(ladder, text)
    const start = process.cpuUsage()
    const heard = await finish(listen(ladder, recording, tokenizer, effort))
    const { user, system } = process.cpuUsage(start)
    micros += user + system
    seconds += heard.seconds
    phones.push(
      phoneErrorRate(
        plan.utterances.flat(),
        heard.phones.map(({ phone }) => phone),
      ),
    )
    words.push(wordErrorRate(planToText(plan), heard.text))
    heardTexts.push(heard.text)
  }
  const reference = words.flatMap(({ pairs }) =>
    pairs.flatMap((pair) => (pair.kind === 'added' ? [] : [pair])),
  )
  const missedShare = (list: typeof reference) =>
    list.filter(({ kind }) => kind !== 'same').length / Math.max(1, list.length)
  const unknown = reference.filter((pair) => !ladder.lexicon.has(pair.reference))
  return {
    phones: poolRates(phones).rate,
    words: poolRates(words).rate,
    knownWords: missedShare(reference.filter((pair) => ladder.lexicon.has(pair.reference))),
    unknownWords: missedShare(unknown),
    unknownCount: unknown.length,
    realTimeFactor: micros / 1e6 / seconds,
    seconds,
    utterances: utterances.map(({ file, text }, i) => ({ file, text, heard: heardTexts[i] })),
  }
}
