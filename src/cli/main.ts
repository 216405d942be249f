/**
 * Owns: the program's entry: the process's arguments in, its exit code out; and what happens when nobody reads what it says.
 */
import { converge } from './converge'

for (const stream of [process.stdout, process.stderr]) stream.on('error', endWithout)

/** Who closed the other end has heard enough; any other failure is one. */
function endWithout({ code, message }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE') process.exit()
  process.stderr.write(`converge: Its answer could not be written (${message}).\n`)
  process.exit(2)
}

process.exitCode = await converge(process.argv.slice(2))
