/**
 * Owns: `npm test`: installs what is missing, then types, lint, unit tests and end-to-end tests on the built page.
 * Closes with one line that counts all tests.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { requireChromium } from './chromium.mjs'
import { installPackages, run } from './install.mjs'

const RESULTS = 'test-results'

installPackages()
requireChromium()
run('npm', ['run', '-s', 'types'])
run('npm', ['run', '-s', 'lint'])
mkdirSync(RESULTS, { recursive: true })
run('npx', [
  '--no-install',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${RESULTS}/unit.json`,
])
run('npm', ['run', '-s', 'build', '--', '--logLevel', 'warn'])
run('npx', ['--no-install', 'playwright', 'test'])

const unit = readJson('unit.json')
const e2e = readJson('e2e.json')
const passed = (unit?.numPassedTests ?? 0) + (e2e?.stats.expected ?? 0)
const failed = (unit?.numFailedTests ?? 0) + (e2e?.stats.unexpected ?? 0)
console.log(`${passed} passed, ${failed} failed`)

/** @param {string} name */
function readJson(name) {
  const path = `${RESULTS}/${name}`
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
