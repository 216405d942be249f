/**
 * Owns: `converge doctor`: what this machine can run: every model file proven, every engine put to the known-answer test.
 */
import { neededFiles } from '../gpu/ladder/load'
import { ConvergeError, toPlainError, type PlainError } from '../speech/errors'
import { parseManifest } from '../speech/manifest'
import type { Command } from './command'
import { testEngines, type EngineReport, type EnginesReport } from './engine-report'
import { modelFilesIn, writeJson } from './files'
import { JSON_OUT, MODELS, refuseOperands, type Options } from './options'

interface FileReport {
  readonly file: string
  readonly bytes: number
  readonly default: boolean
  readonly error?: PlainError
}

export const doctor: Command = {
  usage: 'doctor',
  help: 'what this machine can run, and whether it gives right answers',
  options: { json: JSON_OUT, models: MODELS },
  run: examine,
}

async function examine(options: Options): Promise<void> {
  refuseOperands(options, 'doctor')
  const folder = options.text('models')
  const modelFiles = modelFilesIn(folder)
  const { files } = parseManifest(await modelFiles.readManifest())
  const isDefault = new Set(neededFiles({ tokenizers: ['whisper'], engine: 'auto', lmWeights: 'int8' }))
  const reports: FileReport[] = []
  for (const [file, entry] of Object.entries(files)) {
    const error = await modelFiles.readFile(file, entry).then(() => undefined, toPlainError)
    reports.push({ file, bytes: entry.bytes, default: isDefault.has(file), ...(error && { error }) })
  }
  const isWhole = reports.every((report) => !report.error || !report.default)
  const tested = isWhole ? await testEngines(folder) : undefined
  const report = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    files: reports,
    engines: [],
    ...tested,
  }
  if (options.flag('json')) writeJson(report)
  else process.stdout.write(toLines(reports, tested))
  if (!tested?.engines.some(({ passed }) => passed)) {
    throw new ConvergeError('engine-unavailable', 'No engine gives right answers here; see the report.')
  }
}

function toLines(files: readonly FileReport[], tested: EnginesReport | undefined): string {
  const fileLines = files.map(({ file, bytes, error }) => {
    const size = `${(bytes / 1e6).toFixed(1)} MB`.padStart(8)
    return `  ${file.padEnd(24)} ${size}  ${error ? error.message : 'as published'}`
  })
  return ['Model files', ...fileLines, 'Engines for the language model', ...toEngineLines(tested), ''].join(
    '\n',
  )
}

function toEngineLines(tested: EnginesReport | undefined): string[] {
  if (!tested) return ['  not tested: model files are missing or damaged']
  const { engines, absent, runs, networksReason } = tested
  return [
    ...engines.map((report) => `  ${report.engine.padEnd(6)} ${toVerdict(report)}`),
    ...absent.map(({ engine, reason }) => `  ${engine.padEnd(6)} not here: ${reason}`),
    ...(runs ? [`  ${runs.engine} runs on the command line when none is asked for. ${runs.reason}`] : []),
    `  ${networksReason}`,
  ]
}

function toVerdict(report: EngineReport): string {
  if ('error' in report) return `WRONG: ${report.error.message}`
  const { passed, tokensRight, tokens, largestError, tokensPerSecond } = report
  return `${passed ? 'right' : 'WRONG'}: ${tokensRight} of ${tokens} greedy tokens, probabilities within ${largestError.toFixed(4)}; ${Math.round(tokensPerSecond)} tokens a second`
}
