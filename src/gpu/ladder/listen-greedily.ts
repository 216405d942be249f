/**
 * Owns: one stretch of units heard greedily, one history alone, and its phones spelled by the language model itself: what
 * the model hears without a dictionary, and the way of the reference implementation.
 */
import type { Unit } from '../../speech/3-units/vocabulary'
import { drawAll, STEPS_PER_RUN } from '../lm-engine'
import { placePhones, type HeardNews, type HeardPhone, type HeardStretch, type ToSeconds } from './heard'
import type { Ladder } from './load'
import { alignWords } from './words'

export async function* listenGreedily(
  ladder: Ladder,
  units: readonly Unit[],
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, HeardStretch> {
  const phones = yield* hearPhones(ladder, units, toSeconds)
  return { phones, words: alignWords(await spell(ladder, phones), phones), readings: [] }
}

/** Phones alone, each as soon as it is said. */
export async function* hearPhones(
  ladder: Ladder,
  units: readonly Unit[],
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, HeardPhone[]> {
  const { vocabulary, manifest } = ladder
  const phones: HeardPhone[] = []
  const batch = await ladder.lm.start([{ plan: { task: 'listen', units }, voice: noVoice(ladder) }])
  try {
    while (!batch.done) {
      const [drawn] = await batch.run(STEPS_PER_RUN)
      const said = drawn.flatMap(({ id, time, probability }) =>
        vocabulary.isPhone(id) ? [{ phone: vocabulary.idToPhone(id), frames: time, probability }] : [],
      )
      const news = placePhones(
        said,
        manifest.delayFrames,
        phones.at(-1)?.endSeconds ?? toSeconds(0),
        toSeconds,
      )
      phones.push(...news)
      yield { phones: news, frames: drawn.at(-1)?.time ?? units.length }
    }
  } finally {
    batch.dispose()
  }
  return phones
}

async function spell(ladder: Ladder, phones: readonly HeardPhone[]): Promise<string> {
  if (phones.length === 0) return ''
  const plan = { task: 'spell', phones: phones.map(({ phone }) => phone) } as const
  const [drawn] = await drawAll(ladder.lm, [{ plan, voice: noVoice(ladder) }])
  const { letterRange, idToLetter } = ladder.vocabulary
  return drawn
    .filter(({ id }) => id >= letterRange[0] && id < letterRange[1])
    .map(({ id }) => idToLetter(id))
    .join('')
}

const noVoice = (ladder: Ladder): Float32Array => new Float32Array(ladder.manifest.voiceDim)
