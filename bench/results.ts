/**
 * Owns: the bench's results on disk, `bench/results/NAME.json`, each with where and when it was measured and how busy the
 * machine was in the last five minutes, its own work included.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE = `Node ${process.version}`

export const resultPath = (name: string): string => fileURLToPath(new URL(`results/${name}`, import.meta.url))

/** Writes the figures and prints the circumstances. @param runtime what ran them */
export function keep(name: string, figures: object, runtime = NODE): void {
  const file = resultPath(`${name}.json`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ ...circumstances(runtime), ...figures }, null, 2)}\n`)
  console.log(describeRun(runtime))
}

export function describeRun(runtime = NODE): string {
  const { machine, date, loadAverage } = circumstances(runtime)
  return `${machine}; ${runtime}; ${date}; load ${loadAverage}`
}

const circumstances = (runtime: string) => ({
  machine: `${cpus()[0].model}, ${cpus().length} cores`,
  runtime,
  date: new Date().toISOString().slice(0, 10),
  loadAverage: Number(loadavg()[1].toFixed(1)),
})
