/**
 * Owns: the command line as a function: which command runs, and how it ends. Exit code 0, or 2 with one line on stderr.
 */
import { toPlainError } from '../speech/errors'
import type { Commands } from './command'
import { doctor } from './doctor'
import { toHelp } from './help'
import { listenCommand } from './listen'
import { HELP, readOptions, typesOf, usageError } from './options'
import { say } from './say'
import { tokens } from './tokens'

const COMMANDS: Commands = { say, listen: listenCommand, tokens, doctor }

/** @returns the exit code */
export async function converge([name = '', ...args]: readonly string[]): Promise<number> {
  try {
    if (name === HELP) process.stdout.write(toHelp(COMMANDS))
    else await run(name, args)
    return 0
  } catch (error) {
    process.stderr.write(`converge: ${toPlainError(error).message.replaceAll('\n', ' ')}\n`)
    return 2
  }
}

async function run(name: string, args: readonly string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw usageError(`Say what to do: ${Object.keys(COMMANDS).join(', ')}. ${HELP} says more.`)
  if (args.includes(HELP)) process.stdout.write(toHelp({ [name]: command }))
  else await command.run(readOptions(args, typesOf(command.options)))
}
