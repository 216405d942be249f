/**
 * Owns: `converge listen`: recordings to words, phones and units.
 */
import { finish } from '../gpu/ladder/finish'
import { listen, type Heard } from '../gpu/ladder/listen'
import { DEFAULT_BEAM, MOST_BEAM } from '../gpu/ladder/search'
import type { Command } from './command'
import { openLadder, readRecording, refuseUnreadable, tellCutShort, writeJson } from './files'
import {
  ENGINE,
  engineOption,
  JSON_OUT,
  MODELS,
  TOKENIZER,
  tokenizerOption,
  usageError,
  type Options,
} from './options'

export const listenCommand: Command = {
  usage: 'listen FILE…',
  help: 'recordings (WAV or FLAC) to words, phones and units',
  options: {
    beam: {
      value: 'N',
      help: `histories that the search keeps, 1 (greedy) to ${MOST_BEAM}; default ${DEFAULT_BEAM}`,
    },
    close: { help: 'each recording heard five times, the likeliest reading wins' },
    tokenizer: TOKENIZER,
    engine: ENGINE,
    models: MODELS,
    json: JSON_OUT,
  },
  run: hear,
}

async function hear(options: Options): Promise<void> {
  const paths = options.positionals
  if (paths.length === 0) throw usageError('listen wants at least one recording.')
  const engine = engineOption(options)
  const tokenizer = tokenizerOption(options)
  const beam = options.whole('beam', DEFAULT_BEAM, 1)
  if (beam > MOST_BEAM) throw usageError(`--beam is 1 (greedy) to ${MOST_BEAM}; found ${beam}.`)
  if (options.flag('close') && options.text('beam'))
    throw usageError('--close has a beam of its own: leave --beam out.')
  const effort = options.flag('close') ? 'close' : beam

  // Nothing is heard for nothing.
  for (const path of paths) await refuseUnreadable(path)
  const startMs = performance.now()
  const ladder = await openLadder([tokenizer], engine, options.text('models'))
  const loadMs = performance.now() - startMs
  const files = []
  for (const file of paths) {
    const recording = await readRecording(file)
    const fileStartMs = performance.now()
    const heard = await finish(listen(ladder, recording, tokenizer, effort))
    const totalMs = performance.now() - fileStartMs
    if (!options.flag('json')) {
      process.stdout.write(toLines(file, heard))
      tellCutShort(file, recording)
    }
    files.push({
      file,
      seconds: heard.seconds,
      cut_short: recording.isCutShort,
      text: heard.text,
      words: heard.words.map(({ word, origin, rivals, ...timed }) => ({
        word,
        ...toSpan(timed),
        origin,
        rivals,
      })),
      phones: heard.phones.map(({ phone, ...timed }) => ({ phone, ...toSpan(timed) })),
      units: heard.units,
      readings: heard.readings,
      effort,
      tokenizer,
      engine: ladder.lm.name,
      timing: { load_ms: loadMs, total_ms: totalMs, real_time_factor: totalMs / 1000 / heard.seconds },
    })
  }
  if (options.flag('json')) writeJson({ files })
}

const toSpan = (timed: { startSeconds: number; endSeconds: number; probability: number }) => ({
  start: timed.startSeconds,
  end: timed.endSeconds,
  probability: timed.probability,
})

const toLines = (file: string, { text, phones }: Heard): string =>
  `${file}\n  ${text}\n  ${phones.map(({ phone }) => (phone === ' ' ? '|' : phone)).join(' ')}\n`
