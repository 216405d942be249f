/**
 * `converge doctor`, run as a program: it has to find that the committed models are as published and give right answers.
 */
import { readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MODELS_FOLDER } from '../gpu/testing/disk-ladder'
import { makeFolder, runConverge, runForJson } from './testing/run-converge'

interface Report {
  readonly node: string
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly error?: unknown }[]
  readonly engines: readonly {
    readonly engine: string
    readonly passed: boolean
    readonly error?: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> }
    readonly tokensPerSecond: number
  }[]
  readonly absent: readonly { readonly engine: string; readonly reason: string }[]
  readonly runs: { readonly engine: string; readonly reason: string }
}

describe('converge doctor', () => {
  it('proves every file and puts every engine to the known-answer test', async () => {
    const { node, files, engines, absent, runs } = await runForJson<Report>('doctor', '--json')
    expect(node).toBe(process.version)
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter(({ error }) => error)).toEqual([])
    expect(engines.map(({ engine }) => engine)).toContain('ort')
    expect(engines.filter(({ passed }) => !passed)).toEqual([])
    expect(engines.filter(({ tokensPerSecond }) => !(tokensPerSecond > 0))).toEqual([])
    expect([...engines, ...absent].map(({ engine }) => engine).sort()).toEqual(['ort', 'wasm', 'wgsl'])
    expect(absent.filter(({ reason }) => !reason)).toEqual([])
    expect(runs).toMatchObject({ engine: 'wasm', reason: expect.stringContaining('known answers') })
  })

  it('reports the other engines where a file that one alone needs is damaged', async () => {
    const place = await makeFolder()
    for (const name of await readdir(MODELS_FOLDER)) await symlink(join(MODELS_FOLDER, name), place(name))
    const spare = 'lm.int8.onnx'
    await rm(place(spare))
    await writeFile(place(spare), 'no graph')
    const { code, stdout } = await runConverge('doctor', '--json', '--models', place(''))
    expect(code).toBe(0)
    const { files, engines, runs }: Report = JSON.parse(stdout)
    expect(files.filter(({ error }) => error).map(({ file }) => file)).toEqual([spare])
    expect(engines.find(({ engine }) => engine === 'wasm')?.passed).toBe(true)
    const failed = engines.find(({ engine }) => engine === 'ort')
    expect(failed).toMatchObject({ passed: false, error: { code: 'model-damaged', facts: { file: spare } } })
    expect(runs.engine).toBe('wasm')
  })

  it('says the same in words', async () => {
    const { code, stdout } = await runConverge('doctor')
    expect(code).toBe(0)
    expect(stdout).toMatch(/decoder\.onnx +8\.9 MB +as published/)
    expect(stdout).toMatch(/ort +right: (\d+) of \1 greedy tokens/)
    expect(stdout).toMatch(/wgsl +(right: (\d+) of \2 greedy tokens|not here: .+)/)
    expect(stdout).toMatch(/wasm runs on the command line/)
    expect(stdout).toMatch(/decoder run on WebAssembly/)
  })
})
