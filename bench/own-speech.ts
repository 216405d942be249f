/**
 * Owns: the quality figures of speaking and of hearing one's own speech: 20 held-out sentences in five voices, said and
 * heard again; ten more takes of each, checked for runaways; and the recordings of real people. Heard greedily, as the
 * Python prototype hears. Writes figures and takes to `results/own-speech/`, so that other recognisers and the prototype
 * can be asked about the same files:
 *
 *     npx tsx bench/own-speech.ts
 *     python -m training.prototype_figures bench/results/own-speech
 */
import type { Ladder } from '../src/gpu/ladder/load'
import { textToPlan } from '../src/gpu/ladder/plan'
import { drawTakes } from '../src/gpu/ladder/speak'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { uncut } from '../src/speech/3-units/sampling'
import { MAX_FRAMES_PER_PHONE } from '../src/speech/3-units/streams/speak'
import { measureSet } from './listen/rates'
import { LIBRIVOX, readSet, writeSet } from './listen/sets'
import { SPOKEN_TEMPERATURE, speakSentences } from './listen/spoken'
import { formatPercent } from './print'
import { keep, resultPath } from './results'
import { checkTake } from './runaway'
import { SENTENCES } from './sentences'
import { VOICES } from './voices'

const RUNAWAY_TEMPERATURE = 0.7
const TAKES_PER_SENTENCE = 10
const OUT = resultPath('own-speech')

/** Says each sentence once and keeps it. */
async function writeTakes(ladder: Ladder): Promise<void> {
  const spoken = await speakSentences(ladder, SENTENCES, 1)
  const named = spoken.map((take, i) => ({ ...take, file: `take-${String(i + 1).padStart(2, '0')}.wav` }))
  await writeSet(OUT, named)
}

/** @returns pooled phone error rate */
async function hearSet(ladder: Ladder, folder: string): Promise<number> {
  return (await measureSet(ladder, await readSet(folder), 'whisper', 1)).phones
}

/** How many takes are good, of how many, and the longest phone of all. */
async function countGoodTakes(
  ladder: Ladder,
): Promise<{ good: number; takes: number; longestFrames: number }> {
  const sampling = uncut(RUNAWAY_TEMPERATURE)
  let good = 0
  let longestFrames = 0
  for (const [i, text] of SENTENCES.entries()) {
    const plan = await textToPlan(ladder, text)
    const phones = plan.utterances.flat()
    const voice = chooseVoice(ladder, { name: VOICES[i % VOICES.length] })
    const options = { voice, sampling, seed: 1000 + i * TAKES_PER_SENTENCE }
    for (const { durationsFrames } of await drawTakes(ladder, plan, options, TAKES_PER_SENTENCE)) {
      const said = phones.map((phone, at) => ({ phone, frames: durationsFrames[at] }))
      const check = checkTake(phones, said, true, MAX_FRAMES_PER_PHONE)
      if (check.isGood) good += 1
      longestFrames = Math.max(longestFrames, check.longestFrames)
    }
  }
  return { good, takes: SENTENCES.length * TAKES_PER_SENTENCE, longestFrames }
}

const ladder = await openTestLadder('int8')
await writeTakes(ladder)
const ownSpeechPer = await hearSet(ladder, OUT)
const peoplePer = await hearSet(ladder, LIBRIVOX)
const takes = await countGoodTakes(ladder)
await ladder.dispose()
keep('own-speech/figures', { ownSpeechPer, peoplePer, takes })
console.log(
  `Own speech, ${SENTENCES.length} sentences, T ${SPOKEN_TEMPERATURE}: phone error rate ${formatPercent(ownSpeechPer)}`,
)
console.log(`Real people, five LibriVox clips: phone error rate ${formatPercent(peoplePer)}`)
console.log(
  `${takes.takes} takes at T ${RUNAWAY_TEMPERATURE}: ${takes.good} whole, in order, no runaway; longest phone ${takes.longestFrames} frames`,
)
