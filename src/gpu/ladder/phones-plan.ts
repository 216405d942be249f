/**
 * Owns: the plan of phones that a person typed. It is cut into utterances after . ? and !, as text is; where its words are
 * as many as the text's, they carry the text's names. Lengths that stand behind phones go apart from them.
 */
import type { PlannedWord } from '../../speech/2-phones/plan-phones'
import { splitHeld, withoutHeld } from '../../speech/2-phones/held'
import { isSpeechPhone } from '../../speech/2-phones/inventory'
import { withSilences } from '../../speech/3-units/streams/speak'
import type { Phone } from '../../speech/3-units/vocabulary'
import type { Ladder } from './load'
import type { SpokenPlan } from './plan'

/** @param text what the phones were made from, if anything. @throws ConvergeError `phones-invalid` */
export function phonesToPlan(
  { vocabulary }: Pick<Ladder, 'vocabulary'>,
  phones: readonly Phone[],
  text: SpokenPlan = { utterances: [], words: [], skipped: [] },
): SpokenPlan {
  const typed = cutUtterances(phones).map(withSilences)
  const utterances = typed.map(withoutHeld)
  utterances.flat().forEach(vocabulary.phoneToId)
  const held = typed.map((utterance) => utterance.map((phone) => splitHeld(phone).frames))
  const isHeld = held.flat().some((frames) => frames !== null)
  const words = nameWords(utterances.flat(), text)
  return { utterances, ...(isHeld && { held }), words, skipped: text.skipped }
}

function cutUtterances(phones: readonly Phone[]): (readonly Phone[])[] {
  const pieces: Phone[][] = []
  for (const phone of phones) {
    const last = pieces[pieces.length - 1]
    if (!last || '.?!'.includes(last[last.length - 1])) pieces.push(phone === ' ' ? [] : [phone])
    else last.push(phone)
  }
  // Nothing at all is the grammar's to refuse.
  const filled = pieces.filter(({ length }) => length > 0)
  return filled.length > 0 ? filled : [phones]
}

function nameWords(phones: readonly Phone[], text: SpokenPlan): PlannedWord[] {
  const spans: { firstPhone: number; endPhone: number }[] = []
  for (const [i, phone] of phones.entries()) {
    if (!isSpeechPhone(phone)) continue
    const last = spans[spans.length - 1]
    if (last?.endPhone === i) last.endPhone = i + 1
    else spans.push({ firstPhone: i, endPhone: i + 1 })
  }
  if (spans.length !== text.words.length) return []
  const textPhones = text.utterances.flat()
  return spans.map((span, i) => {
    const { word, origin, firstPhone, endPhone } = text.words[i]
    const wanted = phones.slice(span.firstPhone, span.endPhone).join(' ')
    const isSame = wanted === textPhones.slice(firstPhone, endPhone).join(' ')
    return { word, ...span, origin: isSame ? origin : 'typed' }
  })
}
