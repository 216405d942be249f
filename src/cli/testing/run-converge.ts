/**
 * Owns: the command line for tests: as a person runs it, in a process of its own, or called in this one, which spares
 * starting Node and compiling the runtime; what it printed and how it ended.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished, vi } from 'vitest'
import { converge } from '../converge'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export const clipPath = (name: string): string =>
  fileURLToPath(new URL(`../../../e2e/fixtures/librivox/${name}`, import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function runConverge(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args])
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part))
    child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** One call at a time: what the process prints meanwhile counts as the call's. */
export async function callConverge(...args: readonly string[]): Promise<Ended> {
  const printed = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((part) => {
      printed[name] += String(part)
      return true
    }),
  )
  try {
    return { code: await converge(args), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

/** The one JSON object of a run that went well. @throws with what the run said instead */
export async function runForJson<Shape>(...args: readonly string[]): Promise<Shape> {
  const { code, stdout, stderr } = await runConverge(...args)
  if (code !== 0 || stderr !== '') throw new Error(`ended with ${code}: ${stderr}`)
  if (stdout.trimEnd().includes('\n')) throw new Error(`more than one line: ${stdout}`)
  return JSON.parse(stdout)
}

/** Gone when the test ends. */
export async function makeFolder(): Promise<(name: string) => string> {
  const folder = await mkdtemp(join(tmpdir(), 'converge-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return (name) => join(folder, name)
}
