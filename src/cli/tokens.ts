/**
 * Owns: `converge tokens`: a recording to integers and a voice vector as JSON, and such integers back to sound.
 */
import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import type { Ladder } from '../gpu/ladder/load'
import { recordingToUnits } from '../gpu/ladder/recording-units'
import { stretchToVoice } from '../gpu/ladder/tokenize'
import { unitsToWave } from '../gpu/ladder/vocode'
import { chooseVoice } from '../gpu/ladder/voice'
import { ConvergeError } from '../speech/errors'
import type { Command } from './command'
import { openLadder, readRecording, tellCutShort, writeJson, writeWav } from './files'
import {
  JSON_OUT,
  MODELS,
  refuseOperands,
  TOKENIZER,
  tokenizerOption,
  usageError,
  type Options,
} from './options'

export const tokens: Command = {
  usage: 'tokens FILE --json | tokens --decode TOKENS.json --out FILE.wav',
  help: 'a recording to integers and a voice, and integers back to sound',
  options: {
    json: JSON_OUT,
    tokenizer: TOKENIZER,
    decode: { value: 'TOKENS.json', help: 'a file such as the first form prints' },
    out: { value: 'FILE.wav', help: 'where the sound goes' },
    voice: { value: 'NAME', help: 'a voice of the models; default the one in the file' },
    seed: { value: 'N', help: 'of the vocoder’s noise, from 0; default 1' },
    models: MODELS,
  },
  async run(options) {
    const decode = options.text('decode')
    await (decode === undefined ? recordingToTokens(options) : tokensToWave(options, decode))
  },
}

const tokensSchema = v.object({
  units: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1)),
  voice: v.optional(v.array(v.number())),
})

async function recordingToTokens(options: Options): Promise<void> {
  const [file, ...rest] = options.positionals
  if (!file || rest.length > 0 || !options.flag('json')) {
    throw usageError('tokens wants FILE --json, or --decode TOKENS.json --out FILE.wav.')
  }
  const tokenizer = tokenizerOption(options)
  const recording = await readRecording(file)
  const ladder = await openLadder([tokenizer], 'auto', options.text('models'))
  const units: number[] = []
  let voice: readonly number[] | undefined
  for await (const { stretch, next } of recordingToUnits(ladder, recording, tokenizer)) {
    for (const unit of next) units.push(unit)
    // Of the first stretch in which there is something to hear.
    if (!stretch.isSilent) voice ??= [...(await stretchToVoice(ladder, stretch))]
  }
  const { frameRateHz, codes } = ladder.manifest
  writeJson({ frame_rate: frameRateHz, codes, units, voice })
  tellCutShort(file, recording)
}

async function tokensToWave(options: Options, path: string): Promise<void> {
  refuseOperands(options, 'tokens --decode')
  const out = options.text('out')
  if (!out) throw usageError('Say where the sound goes: --out FILE.wav.')
  const seed = options.whole('seed', 1, 0)
  const ladder = await openLadder([], 'auto', options.text('models'))
  const { units, voice } = await readTokens(path, ladder)
  const name = options.text('voice')
  if (!name && !voice) throw usageError(`${path} holds no voice; name one: --voice NAME.`)
  const vector = chooseVoice(ladder, name ? { name } : { vector: voice ?? [] })
  await writeWav(out, await unitsToWave(ladder, units, vector, seed), ladder.manifest.sampleRateHz)
}

async function readTokens(path: string, { manifest }: Ladder): Promise<v.InferOutput<typeof tokensSchema>> {
  const unreadable = (detail: string, cause?: unknown) =>
    new ConvergeError('units-invalid', `${path} holds no tokens: ${detail}`, { file: path }, { cause })
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable('it cannot be opened.', cause)
  })
  const parsed = v.safeParse(tokensSchema, parseJson(text))
  if (!parsed.success) throw unreadable('wanted {"units": [whole numbers], "voice": [numbers]}.')
  const tooLarge = parsed.output.units.find((unit) => unit >= manifest.codes)
  if (tooLarge !== undefined) throw unreadable(`the unit ${tooLarge} is not below ${manifest.codes}.`)
  return parsed.output
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
