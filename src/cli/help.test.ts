/** `--help`, and a reader who has heard enough. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { callConverge } from './testing/run-converge'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

it('tells of every command and option, a line each', async () => {
  const { code, stdout, stderr } = await callConverge('--help')
  expect([code, stderr]).toEqual([0, ''])
  for (const command of ['say', 'listen', 'tokens', 'doctor'])
    expect(stdout).toMatch(new RegExp(`^  ${command}`, 'm'))
  for (const option of ['--temperature T', '--close', '--decode TOKENS.json', '--models DIR'])
    expect(stdout).toMatch(new RegExp(`^    ${option} +\\S.+`, 'm'))
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(110)
})

it('tells of one command alone, whatever else is said', async () => {
  const { code, stdout } = await callConverge('listen', '--beam', '0', '--help')
  expect(code).toBe(0)
  expect(stdout).toContain('--beam N')
  expect(stdout).not.toContain('--takes')
})

it('ends without a word when nobody reads its answer', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--help'])
  child.stdout.destroy()
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part))
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect([code, stderr]).toEqual([0, ''])
})
