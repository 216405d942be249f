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

export async function doctor(args: string[]): Promise<void> {
  const options = readOptions(args, { json: 'boolean' })
  const { files } = parseManifest(await modelFiles.readManifest())
  const isDefault = new Set(neededFiles({ tokenizers: ['whisper'], lmWeights: 'int8' }))
  const reports: FileReport[] = []
  for (const [file, entry] of Object.entries(files)) {
    const error = await modelFiles.readFile(file, entry).then(() => undefined, toPlainError)
    reports.push({ file, bytes: entry.bytes, default: isDefault.has(file), ...(error && { error }) })
  }
  const engines: KnownAnswerResult[] = []
  if (reports.every((report) => !report.error || !report.default)) {
    const ladder = await openLadder(['whisper'])
    engines.push(await answerKnown(ladder))
    await ladder.dispose()
  }
  const report = { node: process.version, platform: `${process.platform} ${process.arch}`, files: reports, engines }
  if (options.flag('json')) writeJson(report)
  else process.stdout.write(toLines(reports, engines))
  if (engines.length === 0 || engines.some(({ passed }) => !passed)) {
    throw new ConvergeError('engine-unavailable', 'No engine gives right answers here; see the report.')
  }
}

function toLines(files: readonly FileReport[], engines: readonly KnownAnswerResult[]): string {
  const fileLines = files.map(({ file, bytes, error }) => {
    const size = `${(bytes / 1e6).toFixed(1)} MB`.padStart(8)
    return `  ${file.padEnd(24)} ${size}  ${error ? error.message : 'as published'}`
  })
  const engineLines = engines.map(
    ({ engine, passed, tokensRight, tokens, largestError }) =>
      `  ${engine.padEnd(6)} ${passed ? 'right' : 'WRONG'}: ${tokensRight} of ${tokens} greedy tokens, probabilities within ${largestError.toFixed(4)}`,
  )
  return ['Model files', ...fileLines, 'Engines for the language model', ...engineLines, ''].join('\n')
}
