/** Owns: what a command of the command line is: how it is called, what its options are, and what it does. */
import type { Options, OptionTable } from './options'

export interface Command {
  /** Without options: `listen FILE…`. */
  readonly usage: string
  /** What it does, in one line. */
  readonly help: string
  readonly options: OptionTable
  /** @throws ConvergeError, whose message is all that is said */
  run(options: Options): Promise<void>
}

export type Commands = Readonly<Record<string, Command>>
