/** Owns: `--help`: every command and every option in a line, from the tables that read them. */
import type { Command, Commands } from './command'
import type { OptionSpec } from './options'

const HEAD = `converge: speech recognition and synthesis as one small language model

  npm run -s converge -- COMMAND …

`
const FOOT = `Exit code 0, or 2 with one line on stderr that says what is wrong. More in docs/command-line.md.
`
/** Of an option with its value, so that what follows stands in one column. */
const OPTION_WIDTH = 24

/** Of some commands: all, or the one that was asked about. */
export const toHelp = (commands: Commands): string =>
  HEAD + Object.values(commands).map(toCommandHelp).join('\n') + `\n${FOOT}`

function toCommandHelp({ usage, help, options }: Command): string {
  const lines = Object.entries(options).map(([name, option]) => `    ${toOption(name, option)}`)
  return [`  ${usage}`, `    ${help}`, ...lines, ''].join('\n')
}

const toOption = (name: string, { value, help }: OptionSpec): string =>
  `${`--${name}${value ? ` ${value}` : ''}`.padEnd(OPTION_WIDTH)} ${help}`
