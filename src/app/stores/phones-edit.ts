/**
 * Owns: edits of a plan's phones as pure functions: a word said otherwise, a pause after it, and the line of phones that a
 * person reads. The line has no silences; a break stands between words, utterances end with . ? or !, and a held phone has
 * its length behind it.
 */
import { holdPhone } from '../../speech/2-phones/held'
import type { Phone } from '../../speech/3-units/vocabulary'
import type { SpeakPlan, SpokenWord } from '../../workers/protocol'

const BREAK: Phone = ' '
export const PAUSES = [',', ';', ':', '.', '?', '!'] as const
export type Pause = (typeof PAUSES)[number] | 'none'
const CLOSING = ['.', '?', '!']

export function planToLine(plan: SpeakPlan): Phone[] {
  const { utteranceEnds } = plan
  const phones = typedPhones(plan)
  return utteranceEnds.flatMap((end, i) => {
    const spoken = phones.slice((utteranceEnds[i - 1] ?? 0) + 1, end - 1)
    return i === 0 ? spoken : [BREAK, ...spoken]
  })
}

/** Where a word stands in the line: every utterance before it lost two silences and gained a break. */
function wordToSpan({ utteranceEnds }: SpeakPlan, { firstPhone, endPhone }: SpokenWord) {
  const utterance = utteranceEnds.findIndex((end) => firstPhone < end)
  const shift = 1 + utterance
  return { first: firstPhone - shift, end: endPhone - shift }
}

function typedPhones({ phones, held }: SpeakPlan): readonly Phone[] {
  return held ? phones.map((phone, i) => holdPhone(phone, held[i])) : phones
}

/** As they are edited. */
export function wordPhones(plan: SpeakPlan, { firstPhone, endPhone }: SpokenWord): readonly Phone[] {
  return typedPhones(plan).slice(firstPhone, endPhone)
}

/** The line with one word said otherwise. */
export function replaceWord(plan: SpeakPlan, word: SpokenWord, phones: readonly Phone[]): Phone[] {
  const { first, end } = wordToSpan(plan, word)
  const line = planToLine(plan)
  return [...line.slice(0, first), ...phones, ...line.slice(end)]
}

export function pauseAfter(plan: SpeakPlan, word: SpokenWord): Pause {
  const next = planToLine(plan)[wordToSpan(plan, word).end]
  return PAUSES.find((pause) => pause === next) ?? 'none'
}

/** What may stand after a word: the last one closes an utterance. */
export function possiblePauses(plan: SpeakPlan, word: SpokenWord): readonly Pause[] {
  const isLast = wordToSpan(plan, word).end >= planToLine(plan).length - 1
  return isLast ? PAUSES.filter((pause) => CLOSING.includes(pause)) : ['none', ...PAUSES]
}

export function setPause(plan: SpeakPlan, word: SpokenWord, pause: Pause): Phone[] {
  const { end } = wordToSpan(plan, word)
  const line = planToLine(plan)
  const hasPause = PAUSES.some((each) => each === line[end])
  return [
    ...line.slice(0, end),
    ...(pause === 'none' ? [] : [pause]),
    ...line.slice(end + (hasPause ? 1 : 0)),
  ]
}
