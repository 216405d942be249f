/**
 * Owns: making `known-answer.json` anew after the language model was retrained: the reference engine draws a short
 * utterance greedily from the shared int8 weights, and every token is kept with its probability. Run with `npx tsx scripts/known-answer.ts`.
 */
import { writeFileSync } from 'node:fs'
import { drawAll } from '../src/gpu/lm-engine'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'

const phones = 'DH AH0 _ K W IH1 K _ B R AW1 N _ F AA1 K S .'
  .split(' ')
  .map((phone) => (phone === '_' ? ' ' : phone))
const voice = 'af_heart'

const ladder = await openTestLadder('int8')
const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0 }
const [drawn] = await drawAll(ladder.lm, [
  {
    plan: { task: 'speak', phones, sampling, seed: 0, take: 0 },
    voice: chooseVoice(ladder, { name: voice }),
  },
])
const answer = drawn.map(({ id, probability }) => ({ id, probability: Number(probability.toFixed(5)) }))
const path = new URL('../src/gpu/ladder/known-answer.json', import.meta.url)
writeFileSync(path, `${JSON.stringify({ phones, voice, answer })}\n`)
await ladder.dispose()
