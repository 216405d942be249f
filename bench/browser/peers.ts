/**
 * Owns: Converge beside its peers, in one worker on one thread, in turn A B B A: every sentence said by it and by Kokoro,
 * then those takes and recordings of people heard by it and by Whisper.
 */
import { listen } from '../../src/gpu/ladder/listen'
import type { Ladder } from '../../src/gpu/ladder/load'
import { textToPlan } from '../../src/gpu/ladder/plan'
import { speak } from '../../src/gpu/ladder/speak'
import type { Recording } from '../../src/gpu/ladder/tokenize'
import { chooseVoice } from '../../src/gpu/ladder/voice'
import { finish } from '../../src/gpu/ladder/finish'
import { normaliseText } from '../../src/speech/1-letters/normalise'
import { uncut } from '../../src/speech/3-units/sampling'
import { joinSamples } from '../../src/speech/4-wave/join'
import { decodeWav } from '../../src/speech/4-wave/wav'
import { wordErrorRate } from '../../src/speech/measure/errorRate'
import { abba } from '../abba'
import { KOKORO_RATE_HZ, openKokoro, type Kokoro } from './kokoro'
import type { Counted, HeardUtterance, PeerFigures, PeersTask, SaidSentence, Speaker } from './tasks'
import { openWhisper, type Whisper } from './whisper'

/** As the other figures of quality. */
const SAMPLING = uncut(0.5)
const TOKENIZER = 'whisper'

interface Utterance extends Recording {
  readonly text: string
}

export async function measurePeers(
  ladder: Ladder,
  task: PeersTask,
  progress: (text: string) => void,
): Promise<PeerFigures> {
  const kokoro = await openKokoro(ladder, task.voices)
  const whisper = await openWhisper()
  const said: SaidSentence[] = []
  const takes: Record<Speaker, Utterance[]> = { converge: [], kokoro: [], people: await readPeople() }
  for (const [i, text] of task.sentences.entries()) {
    const voice = task.voices[i % task.voices.length]
    // The first of all warms up.
    if (i === 0) await saySentence({ ladder, kokoro }, text, voice, 1, 1)
    const { sentence, ours, theirs } = await saySentence({ ladder, kokoro }, text, voice, i + 1, task.rounds)
    said.push(sentence)
    takes.converge.push({ text, samples: ours, sampleRateHz: ladder.manifest.sampleRateHz })
    takes.kokoro.push({ text, samples: theirs, sampleRateHz: KOKORO_RATE_HZ })
    progress(`said ${i + 1} of ${task.sentences.length}`)
  }
  const heard: Record<Speaker, HeardUtterance[]> = { converge: [], kokoro: [], people: [] }
  for (const speaker of ['converge', 'kokoro', 'people'] as const) {
    for (const [i, utterance] of takes[speaker].entries()) {
      if (speaker === 'converge' && i === 0) await hearUtterance({ ladder, whisper }, utterance, 1)
      heard[speaker].push(await hearUtterance({ ladder, whisper }, utterance, task.rounds))
      progress(`heard ${i + 1} of ${takes[speaker].length} by ${speaker}`)
    }
  }
  return { said, heard }
}

async function readPeople(): Promise<Utterance[]> {
  const transcripts: Record<string, string> = await (await fetch('/people/transcripts.json')).json()
  const utterances: Utterance[] = []
  for (const [file, text] of Object.entries(transcripts)) {
    const bytes = new Uint8Array(await (await fetch(`/people/${file}`)).arrayBuffer())
    const { channels, sampleRateHz } = decodeWav(bytes)
    utterances.push({ text, samples: channels[0], sampleRateHz })
  }
  return utterances
}

async function saySentence(
  { ladder, kokoro }: { ladder: Ladder; kokoro: Kokoro },
  text: string,
  voice: string,
  seed: number,
  rounds: number,
): Promise<{ sentence: SaidSentence; ours: Float32Array; theirs: Float32Array }> {
  const sayOurs = async () => {
    const startMs = performance.now()
    const plan = await textToPlan(ladder, text)
    const vector = chooseVoice(ladder, { name: voice })
    const parts: Float32Array[] = []
    let firstSoundMs = 0
    for await (const event of speak(ladder, plan, { voice: vector, sampling: SAMPLING, seed })) {
      if (event.type !== 'audio') continue
      if (parts.length === 0) firstSoundMs = performance.now() - startMs
      parts.push(event.samples)
    }
    return { samples: joinSamples(parts), firstSoundMs, ms: performance.now() - startMs }
  }
  const sayTheirs = async () => {
    const startMs = performance.now()
    const samples = await kokoro.say(text, voice)
    return { samples, ms: performance.now() - startMs }
  }
  const { a, b } = await abba(rounds, sayOurs, sayTheirs)
  const ours = a[0].samples
  const theirs = b[0].samples
  const sentence: SaidSentence = {
    text,
    voice,
    ours: {
      ms: a.map(({ ms }) => ms),
      firstSoundMs: a.map(({ firstSoundMs }) => firstSoundMs),
      seconds: ours.length / ladder.manifest.sampleRateHz,
    },
    kokoro: { ms: b.map(({ ms }) => ms), seconds: theirs.length / KOKORO_RATE_HZ },
  }
  return { sentence, ours, theirs }
}

async function hearUtterance(
  { ladder, whisper }: { ladder: Ladder; whisper: Whisper },
  utterance: Utterance,
  rounds: number,
): Promise<HeardUtterance> {
  const { text, samples, sampleRateHz } = utterance
  const hearOurs = async () => {
    const startMs = performance.now()
    const { text: heard } = await finish(listen(ladder, utterance, TOKENIZER))
    return { heard, ms: performance.now() - startMs }
  }
  const hearTheirs = async () => {
    const startMs = performance.now()
    const { text: heard, tokens, encoderMs } = await whisper.hear(samples, sampleRateHz)
    return { heard, tokens, encoderMs, ms: performance.now() - startMs }
  }
  const { a, b } = await abba(rounds, hearOurs, hearTheirs)
  const seconds = samples.length / sampleRateHz
  const count = (heard: string): Counted => countWordErrors(ladder, text, heard)
  return {
    text,
    ours: { ms: a.map(({ ms }) => ms), seconds, heard: a[0].heard, words: count(a[0].heard) },
    whisper: {
      ms: b.map(({ ms }) => ms),
      encoderMs: b.map(({ encoderMs }) => encoderMs),
      seconds,
      tokens: b[0].tokens,
      heard: b[0].heard,
      words: count(b[0].heard),
    },
  }
}

/** What the dictionary has as words and people write short. */
const TITLES: Readonly<Record<string, string>> = { mr: 'mister', mrs: 'missus', dr: 'doctor' }

/** Both as they are read aloud: “2” is “two”, “Mr.” is “mister”. */
function countWordErrors({ lexicon }: Ladder, text: string, heard: string): Counted {
  const asSpoken = (written: string) =>
    normaliseText(written, (word) => lexicon.has(word))
      .tokens.map((token) => (token.kind === 'mark' ? '' : (TITLES[token.text] ?? token.text)))
      .join(' ')
  const { errors, length } = wordErrorRate(asSpoken(text), asSpoken(heard))
  return { errors, length }
}
