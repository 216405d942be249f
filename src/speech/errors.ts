/**
 * Owns: the one error class of the project. A code for programs, the facts (what was wanted, what was found) and a
 * sentence that a person can act on. It crosses the worker's boundary as plain data.
 */
export type ErrorCode =
  | 'text-empty'
  | 'text-too-long'
  | 'text-unreadable'
  | 'phones-invalid'
  | 'voice-unknown'
  | 'option-invalid'
  | 'audio-unreadable'
  | 'audio-empty'
  | 'audio-silent'
  | 'audio-too-long'
  | 'units-invalid'
  | 'model-missing'
  | 'model-damaged'
  | 'model-incompatible'
  | 'engine-unavailable'
  | 'engine-failed'
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-failed'
  | 'worker-stopped'
  | 'plot-unsaved'
  | 'cancelled'
  | 'internal'

/** What was wanted and what was found, by name. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean>>

export interface PlainError {
  readonly code: ErrorCode
  readonly message: string
  readonly facts: ErrorFacts
}

export class ConvergeError extends Error {
  override readonly name = 'ConvergeError'
  readonly code: ErrorCode
  readonly facts: ErrorFacts

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.facts = facts
  }
}

/** Any thrown value as plain data; what is not ours becomes `internal` with the original sentence kept. */
export function toPlainError(thrown: unknown): PlainError {
  if (thrown instanceof ConvergeError) {
    return { code: thrown.code, message: thrown.message, facts: thrown.facts }
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  return { code: 'internal', message: `Something went wrong inside: ${detail}`, facts: { detail } }
}

export function fromPlainError(plain: PlainError): ConvergeError {
  return new ConvergeError(plain.code, plain.message, plain.facts)
}
