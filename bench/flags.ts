/** Owns: the flags of the bench's scripts: whatever is wrong with them is one line on stderr and exit code 2. */
import { readOptions, usageError, type Options } from '../src/cli/options'
import { toPlainError } from '../src/speech/errors'

/** @param toSettings reads every value, so that a mistake is found before anything is measured */
export function readFlags<Settings>(
  types: Parameters<typeof readOptions>[1],
  toSettings: (options: Options) => Settings,
): Settings {
  try {
    const options = readOptions(process.argv.slice(2), types)
    const [word] = options.positionals
    if (word === undefined) return toSettings(options)
    const names = Object.keys(types).map((name) => `--${name}`)
    throw usageError(`“${word}” is no flag; the flags are ${names.join(', ')}.`)
  } catch (error) {
    process.stderr.write(`bench: ${toPlainError(error).message.replaceAll('\n', ' ')}\n`)
    process.exit(2)
  }
}
