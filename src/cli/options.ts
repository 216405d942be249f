/**
 * Owns: reading the command line's options: known names only, numbers in range, each mistake one clear sentence.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { ConvergeError } from '../speech/errors'
import type { EngineChoice } from '../gpu/ladder/choose-lm'
import type { TokenizerName } from '../gpu/networks'

export const usageError = (message: string): ConvergeError => new ConvergeError('option-invalid', message)

export const HELP = '--help'

/** What an option is to a person. */
export interface OptionSpec {
  /** What stands behind it; absent: it stands alone. */
  readonly value?: string
  /** In one line, with its default. */
  readonly help: string
}

/** By their names, without the dashes. */
export type OptionTable = Readonly<Record<string, OptionSpec>>

type OptionTypes = Record<string, 'string' | 'boolean'>

export const typesOf = (table: OptionTable): OptionTypes =>
  Object.fromEntries(Object.entries(table).map(([name, { value }]) => [name, value ? 'string' : 'boolean']))

/** Options that several commands take. */
export const ENGINE = { value: 'NAME', help: 'auto, wasm, wgsl or ort runs the language model; default auto' }
export const TOKENIZER = { value: 'NAME', help: 'whisper or mel makes units of the sound; default whisper' }
export const MODELS = { value: 'DIR', help: 'a folder with a manifest.json; default public/models' }
export const JSON_OUT = { help: 'one JSON object on stdout' }

export interface Options {
  readonly positionals: readonly string[]
  text(name: string): string | undefined
  flag(name: string): boolean
  /** From `least` to `most`, both included. @throws ConvergeError `option-invalid` */
  number(name: string, fallback: number, least: number, most: number): number
  /** A whole number from `least` to `most`. @throws ConvergeError `option-invalid` */
  whole(name: string, fallback: number, least: number, most?: number): number
}

/** @throws ConvergeError `option-invalid` */
export function readOptions(args: readonly string[], types: OptionTypes): Options {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, type] of Object.entries(types)) options[name] = { type }
  const parsed = (() => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true, tokens: true })
    } catch (error) {
      throw usageError(error instanceof Error ? error.message : String(error))
    }
  })()
  refuseRepeats(parsed.tokens)
  const text = (name: string): string | undefined => {
    const value = parsed.values[name]
    return typeof value === 'string' ? value : undefined
  }
  const number = (name: string, fallback: number, least: number, most: number): number => {
    const value = text(name)
    if (value === undefined) return fallback
    const read = value.trim() === '' ? NaN : Number(value)
    if (read >= least && read <= most) return read
    throw usageError(`--${name} wants a number from ${least} to ${most}; found “${value}”.`)
  }
  return {
    positionals: parsed.positionals,
    text,
    flag: (name) => parsed.values[name] === true,
    number,
    whole(name, fallback, least, most = Number.MAX_SAFE_INTEGER) {
      const value = text(name)
      if (value === undefined) return fallback
      const read = value.trim() === '' ? NaN : Number(value)
      if (Number.isSafeInteger(read) && read >= least && read <= most) return read
      const range = most === Number.MAX_SAFE_INTEGER ? `${least}` : `${least} to ${most}`
      throw usageError(`--${name} wants a whole number from ${range}; found “${value}”.`)
    },
  }
}

function refuseRepeats(tokens: readonly { readonly kind: string; readonly name?: string }[]): void {
  const seen = new Set<string>()
  for (const { kind, name = '' } of tokens) {
    if (kind !== 'option') continue
    if (seen.has(name)) throw usageError(`--${name} is given twice; give it once.`)
    seen.add(name)
  }
}

/** @throws ConvergeError `option-invalid` where something stands there that the command has no use for */
export function refuseOperands({ positionals: [word] }: Options, command: string): void {
  if (word !== undefined) throw usageError(`${command} has no use for “${word}”; leave it out.`)
}

export function tokenizerOption(options: Options): TokenizerName {
  const name = options.text('tokenizer') ?? 'whisper'
  if (name === 'whisper' || name === 'mel') return name
  throw usageError(`--tokenizer is whisper or mel; found “${name}”.`)
}

const ENGINES: readonly EngineChoice[] = ['auto', 'wasm', 'wgsl', 'ort']

/** `auto`, when nothing is asked for, is what opens soonest and gives the known answers. */
export function engineOption(options: Options): EngineChoice {
  const name = options.text('engine') ?? 'auto'
  const found = ENGINES.find((engine) => engine === name)
  if (found) return found
  throw usageError(`--engine is auto, wasm, wgsl or ort; found “${name}”.`)
}
