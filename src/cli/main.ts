/**
 * Owns: the command line's entry: which command runs, and how it ends. Exit code 0, or 2 with one line on stderr.
 */
import { toPlainError } from '../speech/errors'
import { doctor } from './doctor'
import { listenCommand } from './listen'
import { say } from './say'
import { tokens } from './tokens'
import { usageError } from './options'

const COMMANDS: Record<string, (args: string[]) => Promise<void>> = {
  say,
  listen: listenCommand,
  tokens,
  doctor,
}

const [name = '', ...args] = process.argv.slice(2)
try {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw usageError(`Say what to do: ${Object.keys(COMMANDS).join(', ')}.`)
  await command(args)
} catch (error) {
  process.stderr.write(`converge: ${toPlainError(error).message.replaceAll('\n', ' ')}\n`)
  process.exitCode = 2
}
