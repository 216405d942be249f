/**
 * Owns: `npm test`: installs what is missing, then types, lint, unit tests and end-to-end tests on the built page. Whatever
 * fails, the rest runs as well. Closes with one line that counts all tests.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { requireChromium } from './chromium.mjs'
import { attempt, installPackages } from './install.mjs'

const RESULTS = 'test-results'
const UNIT = `${RESULTS}/unit.json`
/** Where the configuration of Playwright puts it. */
const E2E = `${RESULTS}/e2e.json`

installPackages()
requireChromium()
mkdirSync(RESULTS, { recursive: true })
// Those of another run must not be counted.
for (const path of [UNIT, E2E]) rmSync(path, { force: true })

/** @type {string[]} */
const failures = []
/** @param {string} name @param {string} command @param {string[]} args @returns {boolean} */
function step(name, command, ...args) {
  const isRight = attempt(command, args) === 0
  if (!isRight) failures.push(name)
  return isRight
}

step('types', 'npm', 'run', '-s', 'types')
step('lint', 'npm', 'run', '-s', 'lint')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`]
step('unit tests', 'npx', '--no-install', 'vitest', 'run', ...reporters)
// Without a page there is nothing to test from end to end.
if (step('build', 'npm', 'run', '-s', 'build', '--', '--logLevel', 'warn')) {
  step('end-to-end tests', 'npx', '--no-install', 'playwright', 'test')
}

const unit = readJson(UNIT)
const e2e = readJson(E2E)
const passed = (unit?.numPassedTests ?? 0) + (e2e?.stats.expected ?? 0)
const failed = (unit?.numFailedTests ?? 0) + (e2e?.stats.unexpected ?? 0)
if (failures.length > 0) console.log(`Failed: ${failures.join(', ')}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

/** @param {string} path */
function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
