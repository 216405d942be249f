/**
 * Owns: the command line as a function: which command runs, and how it ends. Exit code 0, or 2 with one line on stderr.
 */
import { toPlainError } from '../speech/errors'
import { doctor } from './doctor'
import { listenCommand } from './listen'
import { usageError } from './options'
import { say } from './say'
import { tokens } from './tokens'

const COMMANDS: Record<string, (args: string[]) => Promise<void>> = {
  say,
  listen: listenCommand,
  tokens,
  doctor,
}

/** @returns the exit code */
export async function converge([name = '', ...args]: readonly string[]): Promise<number> {
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!command) throw usageError(`Say what to do: ${Object.keys(COMMANDS).join(', ')}.`)
    await command(args)
    return 0
  } catch (error) {
    process.stderr.write(`converge: ${toPlainError(error).message.replaceAll('\n', ' ')}\n`)
    return 2
  }
}
