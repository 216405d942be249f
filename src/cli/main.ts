/**
 * Owns: the program's entry: the process's arguments in, its exit code out.
 */
import { converge } from './converge'

process.exitCode = await converge(process.argv.slice(2))
