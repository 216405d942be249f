/**
 * Owns: `converge doctor`: what this machine can run: every model file proven, every engine put to the known-answer test.
 */
import { answerKnown, type KnownAnswerResult } from '../gpu/ladder/known-answer'
import { neededFiles } from '../gpu/ladder/load'
import { ConvergeError, toPlainError, type PlainError } from '../speech/errors'
import { parseManifest } from '../speech/manifest'
import { modelFiles, openLadder, writeJson } from './files'
import { readOptions } from './options'

interface FileReport {
  readonly file: string
  readonly bytes: number
  readonly default: boolean
  readonly error?: PlainError
}

type EngineReport =
  | KnownAnswerResult
  | { readonly engine: string; readonly passed: false; readonly error: PlainError }

/** The first that is right runs when none is asked for. */
const ENGINES = ['wasm', 'ort'] as const

async function testEngine(engine: (typeof ENGINES)[number]): Promise<EngineReport> {
  try {
    const ladder = await openLadder([], engine)
    const result = await answerKnown(ladder)
    await ladder.dispose()
    return result
  } catch (error) {
    return { engine, passed: false, error: toPlainError(error) }
  }
}

export async function doctor(args: string[]): Promise<void> {
  const options = readOptions(args, { json: 'boolean' })
  const { files } = parseManifest(await modelFiles.readManifest())
  const isDefault = new Set(neededFiles({ tokenizers: ['whisper'], engine: 'auto', lmWeights: 'int8' }))
  const reports: FileReport[] = []
  for (const [file, entry] of Object.entries(files)) {
    const error = await modelFiles.readFile(file, entry).then(() => undefined, toPlainError)
    reports.push({ file, bytes: entry.bytes, default: isDefault.has(file), ...(error && { error }) })
  }
  const engines: EngineReport[] = []
  if (reports.every((report) => !report.error || !report.default)) {
    for (const engine of ENGINES) engines.push(await testEngine(engine))
  }
  const report = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    files: reports,
    engines,
  }
  if (options.flag('json')) writeJson(report)
  else process.stdout.write(toLines(reports, engines))
  if (!engines.some(({ passed }) => passed)) {
    throw new ConvergeError('engine-unavailable', 'No engine gives right answers here; see the report.')
  }
}

function toLines(files: readonly FileReport[], engines: readonly EngineReport[]): string {
  const fileLines = files.map(({ file, bytes, error }) => {
    const size = `${(bytes / 1e6).toFixed(1)} MB`.padStart(8)
    return `  ${file.padEnd(24)} ${size}  ${error ? error.message : 'as published'}`
  })
  const engineLines = engines.map((report) => `  ${report.engine.padEnd(6)} ${toVerdict(report)}`)
  return ['Model files', ...fileLines, 'Engines for the language model', ...engineLines, ''].join('\n')
}

function toVerdict(report: EngineReport): string {
  if ('error' in report) return report.error.message
  const { passed, tokensRight, tokens, largestError } = report
  return `${passed ? 'right' : 'WRONG'}: ${tokensRight} of ${tokens} greedy tokens, probabilities within ${largestError.toFixed(4)}`
}
