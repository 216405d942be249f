/** Owns: the plain state of several files heard one after the other, and what can be read off it. */
import type { PlainError } from '../../speech/errors'
import { poolRates, type ErrorRate } from '../../speech/measure/errorRate'
import type { ListenResult, TokenizerName } from '../../workers/protocol'

export interface HeardFile {
  readonly id: number
  readonly name: string
  readonly phase: 'waiting' | 'opening' | 'listening' | 'done' | 'failed'
  /** 0 … 1 */
  readonly progress: number
  readonly seconds: number | null
  readonly result: ListenResult | null
  readonly tokenizer: TokenizerName | null
  /** What was said, where a transcript came with it. */
  readonly reference: string | null
  readonly words: ErrorRate | null
  readonly phones: ErrorRate | null
  /** Why it was not heard; of one that was, why it could not be compared with what was said. */
  readonly error: PlainError | null
}

export interface FilesState {
  readonly files: readonly HeardFile[]
  readonly isRunning: boolean
  readonly query: string
  readonly error: PlainError | null
}

export const newFile = (id: number, name: string): HeardFile => ({
  id,
  name,
  phase: 'waiting',
  progress: 0,
  seconds: null,
  result: null,
  tokenizer: null,
  reference: null,
  words: null,
  phones: null,
  error: null,
})

/** Heard, and what was said is known; not compared yet, nor refused. */
export const isUnmeasured = ({ result, reference, words, error }: HeardFile): boolean =>
  result !== null && reference !== null && words === null && error === null

/** One that was being heard waits again. */
export const toWaiting = (file: HeardFile): HeardFile =>
  file.phase === 'opening' || file.phase === 'listening' ? { ...file, phase: 'waiting', progress: 0 } : file

/** Another reference is compared anew. @param reference undefined: the file keeps its own */
export function withReference(file: HeardFile, reference: string | undefined): HeardFile {
  if (reference === undefined || reference === file.reference) return file
  const error = file.phase === 'failed' ? file.error : null
  return { ...file, reference, words: null, phones: null, error }
}

export interface Found {
  readonly file: HeardFile
  /** Text before, the match, text after; undefined where the name matches or nothing is looked for. */
  readonly excerpt: readonly [before: string, match: string, after: string] | undefined
}

const AROUND = 40

/** Files whose words or name hold the query, in order. */
export function searchFiles({ files, query }: Pick<FilesState, 'files' | 'query'>): Found[] {
  const wanted = query.trim().toLowerCase()
  return files.flatMap((file): Found[] => {
    if (wanted === '') return [{ file, excerpt: undefined }]
    const text = file.result?.text ?? ''
    const at = text.toLowerCase().indexOf(wanted)
    if (at < 0) return file.name.toLowerCase().includes(wanted) ? [{ file, excerpt: undefined }] : []
    const end = at + wanted.length
    const before = (at > AROUND ? '…' : '') + text.slice(Math.max(0, at - AROUND), at)
    const after = text.slice(end, end + AROUND) + (text.length > end + AROUND ? '…' : '')
    return [{ file, excerpt: [before, text.slice(at, end), after] }]
  })
}

export type Total = Omit<ErrorRate, 'pairs'>

/** Errors and lengths of all measured files; null while there is none. */
export function totalOf(files: readonly HeardFile[], what: 'words' | 'phones'): Total | null {
  const rates = files.map((file) => file[what]).filter((rate) => rate !== null)
  return rates.length > 0 ? poolRates(rates) : null
}
