/**
 * Owns: `converge listen`: recordings to words, phones and units.
 */
import { finish } from '../gpu/ladder/finish'
import { listen, type Heard } from '../gpu/ladder/listen'
import { DEFAULT_BEAM, MOST_BEAM } from '../gpu/ladder/search'
import { openLadder, readRecording, writeJson } from './files'
import { engineOption, readOptions, tokenizerOption, usageError } from './options'

const OPTIONS = {
  tokenizer: 'string',
  engine: 'string',
  beam: 'string',
  close: 'boolean',
  models: 'string',
  json: 'boolean',
} as const

export async function listenCommand(args: string[]): Promise<void> {
  const options = readOptions(args, OPTIONS)
  const paths = options.positionals
  if (paths.length === 0) throw usageError('listen wants at least one recording.')
  const engine = engineOption(options)
  const tokenizer = tokenizerOption(options)
  const beam = options.whole('beam', DEFAULT_BEAM, 1)
  if (beam > MOST_BEAM) throw usageError(`--beam is 1 (greedy) to ${MOST_BEAM}; found ${beam}.`)
  if (options.flag('close') && options.text('beam'))
    throw usageError('--close has a beam of its own: leave --beam out.')
  const effort = options.flag('close') ? 'close' : beam

  const startMs = performance.now()
  const ladder = await openLadder([tokenizer], engine, options.text('models'))
  const loadMs = performance.now() - startMs
  const files = []
  for (const file of paths) {
    const recording = await readRecording(file)
    const fileStartMs = performance.now()
    const heard = await finish(listen(ladder, recording, tokenizer, effort))
    const totalMs = performance.now() - fileStartMs
    if (!options.flag('json')) process.stdout.write(toLines(file, heard))
    files.push({
      file,
      seconds: heard.seconds,
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
