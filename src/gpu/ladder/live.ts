/**
 * Owns: hearing a microphone while it is open. The gate finds utterances; while one is open, what was said so far is heard
 * again and again with one history alone (supposed words); at its end it is heard by search, as a file of that utterance
 * would be (firm words). All that was said ends as one result on the recording's clock.
 */
import { GATE_START, gateChunk, type UtteranceRange } from '../../speech/4-wave/gate'
import { joinSamples } from '../../speech/4-wave/join'
import { PAD_SECONDS } from '../../speech/4-wave/prepare'
import type { Unit } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import type { TokenizerName } from '../networks'
import { finish } from './finish'
import type { HeardPhone, HeardReading, HeardWord } from './heard'
import { listen, type Heard } from './listen'
import type { Ladder } from './load'
import { DEFAULT_BEAM } from './search'
import { silenceUnit } from './tokenize'

export interface LiveSource {
  readonly sampleRateHz: number
  /** All that came since the last call; undefined at the end. */
  next(): Promise<Float32Array | undefined>
}

export type LiveEvent =
  | { readonly type: 'supposed'; readonly words: readonly HeardWord[] }
  | { readonly type: 'worded'; readonly words: readonly HeardWord[] }
  | { readonly type: 'heard'; readonly phones: readonly HeardPhone[] }

/** Of sound, between two times that the open utterance is heard. */
const SUPPOSE_SECONDS = 0.7
/** The open utterance is heard again this far back; words before that stay as they were supposed. */
const CONTEXT_SECONDS = 8

export async function* listenLive(
  ladder: Ladder,
  source: LiveSource,
  tokenizer: TokenizerName,
): AsyncGenerator<LiveEvent, Heard> {
  const { sampleRateHz } = source
  const heard: { readonly startSeconds: number; readonly heard: Heard }[] = []
  let gate = GATE_START
  let kept = new Float32Array(0)
  let keptStart = 0
  let total = 0
  let supposedAt = 0
  let supposed: readonly HeardWord[] = []

  async function* hear({ start, end }: UtteranceRange, beam: number) {
    const samples = kept.slice(start - keptStart, end - keptStart)
    const startSeconds = start / sampleRateHz
    const found = await hearWhole(ladder, { samples, sampleRateHz }, tokenizer, beam)
    if (!found || beam === 1) return found && shiftHeard(found, startSeconds)
    const shifted = shiftHeard(found, startSeconds)
    heard.push({ startSeconds, heard: shifted })
    yield { type: 'heard', phones: shifted.phones } as const
    yield { type: 'worded', words: shifted.words } as const
    return shifted
  }

  for (let isLast = false; !isLast;) {
    const news = await source.next()
    isLast = news === undefined
    const chunk = news ?? new Float32Array(0)
    kept = joinSamples([kept, chunk])
    total += chunk.length
    const step = gateChunk(gate, chunk, sampleRateHz, isLast)
    gate = step.state
    for (const range of step.closed) {
      yield* hear(range, DEFAULT_BEAM)
      supposed = []
      yield { type: 'supposed', words: [] }
    }
    const { openStart } = step
    if (
      openStart !== undefined &&
      total - Math.max(supposedAt, openStart) >= SUPPOSE_SECONDS * sampleRateHz
    ) {
      supposedAt = total
      const reach = (total - CONTEXT_SECONDS * sampleRateHz) / sampleRateHz
      const settled = supposed.filter(({ endSeconds }) => endSeconds < reach)
      const from = Math.round((settled.at(-1)?.endSeconds ?? 0) * sampleRateHz)
      const now = yield* hear({ start: Math.max(openStart, from), end: total }, 1)
      supposed = [...settled, ...(now?.words ?? [])]
      yield { type: 'supposed', words: supposed }
    }
    const needed = Math.max(keptStart, Math.min(openStart ?? total, total - sampleRateHz))
    kept = kept.slice(needed - keptStart)
    keptStart = needed
  }
  const units = await laidOut(ladder, heard, total / sampleRateHz, tokenizer)
  const words = heard.flatMap((one) => one.heard.words)
  return {
    text: words.map(({ word }) => word).join(' '),
    words,
    phones: heard.flatMap((one) => one.heard.phones),
    units,
    seconds: total / sampleRateHz,
    readings: heard.flatMap((one): (readonly HeardReading[])[] => [...one.heard.readings]),
  }
}

/** An utterance in which there is nothing to hear is no failure here: somebody coughed. */
async function hearWhole(
  ladder: Ladder,
  recording: { samples: Float32Array; sampleRateHz: number },
  tokenizer: TokenizerName,
  beam: number,
): Promise<Heard | undefined> {
  try {
    return await finish(listen(ladder, recording, tokenizer, beam))
  } catch (thrown) {
    if (thrown instanceof ConvergeError && thrown.code === 'audio-silent') return undefined
    throw thrown
  }
}

function shiftHeard(heard: Heard, bySeconds: number): Heard {
  const shift = <Timed extends { readonly startSeconds: number; readonly endSeconds: number }>(
    timed: Timed,
  ) => ({
    ...timed,
    startSeconds: timed.startSeconds + bySeconds,
    endSeconds: timed.endSeconds + bySeconds,
  })
  return { ...heard, words: heard.words.map(shift), phones: heard.phones.map(shift) }
}

/** Every utterance's units in their places, silence between them, as if the recording had been read whole. */
async function laidOut(
  ladder: Ladder,
  heard: readonly { readonly startSeconds: number; readonly heard: Heard }[],
  seconds: number,
  tokenizer: TokenizerName,
): Promise<Unit[]> {
  const { frameRateHz } = ladder.manifest
  const frames = Math.ceil((seconds + 2 * PAD_SECONDS) * frameRateHz)
  const silence = await silenceUnit(ladder, tokenizer)
  const units = Array.from({ length: frames }, () => silence)
  for (const { startSeconds, heard: one } of heard) {
    const first = Math.round(startSeconds * frameRateHz)
    one.units.forEach((unit, i) => {
      if (first + i < frames) units[first + i] = unit
    })
  }
  return units
}
