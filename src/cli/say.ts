/**
 * Owns: `converge say`: text to WAV files, one for each take.
 */
import { drawTakes, speak, takeToWave, type SpeakOptions } from '../gpu/ladder/speak'
import type { Ladder } from '../gpu/ladder/load'
import { phonesToPlan } from '../gpu/ladder/phones-plan'
import { textToPlan, type SpokenPlan } from '../gpu/ladder/plan'
import { chooseVoice } from '../gpu/ladder/voice'
import { parsePhones } from '../speech/2-phones/phones-text'
import { joinSamples } from '../speech/4-wave/join'
import type { TakeTokens } from '../speech/takes/take'
import { usualVoiceName } from '../speech/voices/usual'
import type { Command } from './command'
import { openLadder, takePath, writeJson, writeWav } from './files'
import { ENGINE, engineOption, JSON_OUT, MODELS, usageError, type Options } from './options'

/** Each is an open stream of the engine's and a sound in memory. */
const MOST_TAKES = 100

export const say: Command = {
  usage: 'say "TEXT" --out FILE.wav',
  help: 'text to WAV files, one for each take',
  options: {
    out: { value: 'FILE.wav', help: 'where the sound goes; several takes go to FILE-1.wav, FILE-2.wav …' },
    voice: { value: 'NAME', help: 'a voice of the models; default af_heart, else their first' },
    temperature: { value: 'T', help: '0 (the likeliest token) to 100; default 0.7' },
    'top-p': {
      value: 'P',
      help: 'draws among the likeliest tokens that make up this part, 0.001 to 1; default 1',
    },
    seed: { value: 'N', help: 'the same seed is the same take, from 0; default 1' },
    takes: { value: 'N', help: `how many, each with the next seed, 1 to ${MOST_TAKES}; default 1` },
    phones: { value: '"…"', help: 'said in the text’s place: ARPAbet, _ between words' },
    engine: ENGINE,
    models: MODELS,
    json: JSON_OUT,
  },
  run: speakText,
}

async function speakText(options: Options): Promise<void> {
  const [text, ...rest] = options.positionals
  const out = options.text('out')
  if (text === undefined || rest.length > 0) throw usageError('say wants one text, in quotes.')
  if (!out) throw usageError('Say where the sound goes: --out FILE.wav.')
  const engine = engineOption(options)
  const temperature = options.number('temperature', 0.7, 0, 100)
  const sampling = { temperature, topP: options.number('top-p', 1, 0.001, 1), topK: 0, minP: 0 }
  const seed = options.whole('seed', 1, 0)
  const takes = options.whole('takes', 1, 1, MOST_TAKES)
  const typed = options.text('phones')
  const phones = typed === undefined ? undefined : parsePhones(typed)

  const startMs = performance.now()
  const ladder = await openLadder([], engine, options.text('models'))
  const loadMs = performance.now() - startMs
  const plan = phones ? phonesToPlan(ladder, phones) : await textToPlan(ladder, text)
  const voice = chooseVoice(ladder, { name: options.text('voice') ?? usualVoiceName(ladder.manifest.voices) })
  const spoken = await speakTakes(ladder, plan, { voice, sampling, seed }, takes)
  const { sampleRateHz } = ladder.manifest
  const totalMs = performance.now() - startMs - loadMs
  const written = []
  for (const [i, { take, samples }] of spoken.takes.entries()) {
    const file = takePath(out, i, takes)
    await writeWav(file, samples, sampleRateHz)
    written.push({
      seed: seed + i,
      temperature,
      units: take.units,
      durations: take.durationsFrames,
      seconds: samples.length / sampleRateHz,
      file,
    })
  }
  const seconds = written.reduce((sum, take) => sum + take.seconds, 0)
  if (options.flag('json')) {
    const timing = {
      load_ms: loadMs,
      first_sample_ms: spoken.firstSampleMs,
      total_ms: totalMs,
      real_time_factor: totalMs / 1000 / seconds,
    }
    const phones = plan.utterances.flat()
    writeJson({ text, phones, takes: written, skipped: plan.skipped, engine: ladder.lm.name, timing })
    return
  }
  for (const take of written) process.stdout.write(`${take.file}  ${take.seconds.toFixed(2)} s\n`)
  if (plan.skipped.length > 0) process.stderr.write(`Not read aloud: ${plan.skipped.join(' ')}\n`)
}

interface Spoken {
  readonly takes: readonly { readonly take: TakeTokens; readonly samples: Float32Array }[]
  readonly firstSampleMs: number
}

/** One take streams, as on the page; several are drawn as a batch. */
async function speakTakes(
  ladder: Ladder,
  plan: SpokenPlan,
  options: SpeakOptions,
  takes: number,
): Promise<Spoken> {
  const startMs = performance.now()
  if (takes > 1) {
    const drawn = await drawTakes(ladder, plan, options, takes)
    const spoken = []
    let firstSampleMs = 0
    for (const [i, take] of drawn.entries()) {
      const samples = await takeToWave(ladder, plan, take, { ...options, seed: options.seed + i })
      if (i === 0) firstSampleMs = performance.now() - startMs
      spoken.push({ take, samples })
    }
    return { takes: spoken, firstSampleMs }
  }
  const parts: Float32Array[] = []
  let firstSampleMs = 0
  const speaking = speak(ladder, plan, options)
  let step = await speaking.next()
  for (; !step.done; step = await speaking.next()) {
    if (step.value.type !== 'audio') continue
    if (parts.length === 0) firstSampleMs = performance.now() - startMs
    parts.push(step.value.samples)
  }
  return { takes: [{ take: step.value, samples: joinSamples(parts) }], firstSampleMs }
}
