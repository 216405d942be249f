/**
 * Owns: making sure that what `package-lock.json` names is installed, without asking the network when it is.
 */
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const STAMP = 'node_modules/.converge-lock'

/**
 * Runs a command in the foreground.
 * @param {string} command
 * @param {string[]} args
 * @returns its exit code; 1 where it could not run
 */
export function attempt(command, args) {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status ?? 1
}

/**
 * As `attempt`; ends this process with the command's exit code when it fails.
 * @param {string} command
 * @param {string[]} args
 */
export function run(command, args) {
  const code = attempt(command, args)
  if (code !== 0) process.exit(code)
}

/** A stamp of the lock file tells an installed tree from a stale or half-made one. */
export function installPackages() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  const found = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : ''
  if (found === wanted) return
  run('npm', ['ci', '--ignore-scripts'])
  writeFileSync(STAMP, wanted)
}
