/**
 * Owns: reading the command line's options: known names only, numbers in range, each mistake one clear sentence.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { ConvergeError } from '../speech/errors'
import type { EngineChoice } from '../gpu/ladder/choose-lm'
import type { TokenizerName } from '../gpu/networks'

export const usageError = (message: string): ConvergeError => new ConvergeError('option-invalid', message)

type OptionTypes = Record<string, 'string' | 'boolean'>

export interface Options {
  readonly positionals: readonly string[]
  text(name: string): string | undefined
  flag(name: string): boolean
  /** From `least` to `most`, both included. @throws ConvergeError `option-invalid` */
  number(name: string, fallback: number, least: number, most: number): number
  /** A whole number from `least`. @throws ConvergeError `option-invalid` */
  whole(name: string, fallback: number, least: number): number
}

/** @throws ConvergeError `option-invalid` */
export function readOptions(args: readonly string[], types: OptionTypes): Options {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, type] of Object.entries(types)) options[name] = { type }
  const parsed = (() => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true })
    } catch (error) {
      throw usageError(error instanceof Error ? error.message : String(error))
    }
  })()
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
    whole(name, fallback, least) {
      const value = text(name)
      if (value === undefined) return fallback
      const read = value.trim() === '' ? NaN : Number(value)
      if (Number.isSafeInteger(read) && read >= least) return read
      throw usageError(`--${name} wants a whole number from ${least}; found “${value}”.`)
    },
  }
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
