/**
 * Owns: where the model is unsure: the mean entropy of its steps by what is spoken there, over 20 sentences in three seeds
 * at temperature 0.7. Prints a table that lesson 4 quotes:
 *
 *     npx tsx bench/unsure.ts
 */
import { isSpeechPhone, isVowel } from '../src/speech/2-phones/inventory'
import type { Phone } from '../src/speech/3-units/vocabulary'
import { printTable } from './print'
import { drawSentences } from './sentence-takes'

/** The phone between two words. */
const WORD_GAP = ' '

const sums = new Map<string, { nats: number; steps: number }>()

function add(place: string, nats: number): void {
  const sum = sums.get(place) ?? { nats: 0, steps: 0 }
  sums.set(place, { nats: sum.nats + nats, steps: sum.steps + 1 })
}

function kindOf(phone: Phone): string {
  if (isVowel(phone)) return 'vowel'
  if (isSpeechPhone(phone)) return 'consonant'
  return phone === WORD_GAP ? 'between words' : 'pause'
}

for await (const { plan, take } of drawSentences([0.7], [1, 2, 3])) {
  const phones = plan.utterances.flat()
  let step = 0
  for (const [i, frames] of take.durationsFrames.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      const nats = take.entropiesNats[step++]
      add(kindOf(phones[i]), nats)
      add(`${kindOf(phones[i])}, ${frame === 0 ? 'first unit' : 'later'}`, nats)
    }
    add('the step to the next phone', take.entropiesNats[step++])
  }
}
printTable(
  ['where', 'mean entropy, nats', 'steps'],
  [...sums]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([place, { nats, steps }]) => [place, (nats / steps).toFixed(2), String(steps)]),
)
