/**
 * Owns: `npx tsx bench/hearing.ts`: listens greedily to the tuning sets with both tokenizers and counts what is misheard, for
 * public/models/hearing.json. Wants the sets of `python -m training.listen_sets` and `python -m training.actors`; the manifest
 * must be written again after.
 */
import { writeFile } from 'node:fs/promises'
import { openLadder } from '../src/cli/files'
import type { Ladder } from '../src/gpu/ladder/load'
import { textToPlan } from '../src/gpu/ladder/plan'
import { recordingToStretches, stretchToUnits, type Recording } from '../src/gpu/ladder/tokenize'
import type { TokenizerName } from '../src/gpu/networks'
import { BOUNDARY, createSounds, type Sound, type Sounds } from '../src/speech/3-units/search/sounds'
import { planToRule } from '../src/speech/3-units/streams'
import { SILENCE, type Unit } from '../src/speech/3-units/vocabulary'
import { learnHearing, type HeardSentence } from './listen/learn-hearing'
import { readSet, TUNING_SETS } from './listen/sets'

/** Of the teacher's speech every other file will do: it is heard best. */
const STEPS: Record<string, number> = { '.cache/listen/tune/teacher': 2 }

const ladder = await openLadder(['whisper', 'mel'], 'auto')
const sounds = createSounds(ladder.vocabulary)
const hearings = { sounds: sounds.names, whisper: await learn('whisper'), mel: await learn('mel') }
await writeFile('public/models/hearing.json', `${JSON.stringify(hearings)}\n`)
await ladder.dispose()

async function learn(tokenizer: TokenizerName) {
  const sentences: HeardSentence[] = []
  for (const folder of TUNING_SETS) {
    for (const { text, recording } of await readSet(folder, STEPS[folder] ?? 1, 0)) {
      const plan = await textToPlan(ladder, text)
      const phones = plan.utterances.flat().filter((phone) => phone !== SILENCE)
      sentences.push({
        truth: once(phones.map(sounds.ofPhone)),
        heard: await hear(ladder, sounds, recording, tokenizer),
      })
    }
    process.stdout.write(`${tokenizer} ${folder}: ${sentences.length} sentences so far\n`)
  }
  return learnHearing(sentences, sounds.count)
}

/** Boundaries in a row count once. */
function once(list: readonly Sound[]): Sound[] {
  return list.filter((sound, i) => sound !== BOUNDARY || list[i - 1] !== BOUNDARY)
}

async function hear(
  machine: Ladder,
  alphabet: Sounds,
  recording: Recording,
  tokenizer: TokenizerName,
): Promise<number[][]> {
  const heard: { sound: Sound; shares: number[] }[] = []
  for (const stretch of recordingToStretches(machine, recording)) {
    const units = await stretchToUnits(machine, stretch, tokenizer)
    heard.push(...(await hearUnits(machine, alphabet, units)))
  }
  const kept = heard.filter(({ sound }, i) => sound !== BOUNDARY || heard[i - 1]?.sound !== BOUNDARY)
  return kept.map(({ shares }) => shares)
}

async function hearUnits({ lm, vocabulary, manifest }: Ladder, alphabet: Sounds, units: readonly Unit[]) {
  const rule = planToRule({ task: 'listen', units }, vocabulary)
  const cursor = lm.openCursor()
  const stream = cursor.open(new Float32Array(manifest.voiceDim))
  let [logits] = await cursor.feed([{ stream, tokens: rule.prefix }])
  let state = rule.start
  const heard: { sound: Sound; shares: number[] }[] = []
  while (!state.done) {
    const step = rule.next(state, logits)
    if (vocabulary.isPhone(step.token.id)) {
      const shares = Array.from(alphabet.posteriors(logits), (share) => Math.exp(share))
      heard.push({ sound: alphabet.ofPhone(vocabulary.idToPhone(step.token.id)), shares })
    }
    state = step.state
    if (!state.done) [logits] = await cursor.feed([{ stream, tokens: [step.token] }])
  }
  cursor.dispose()
  return heard
}
