/**
 * Owns: the peak memory of a browser's page: the largest resident set that any of its renderer processes ever had. Linux
 * tells it in /proc; elsewhere it is not measurable.
 */
import { readdirSync, readFileSync } from 'node:fs'

interface ProcessFacts {
  readonly pid: number
  readonly parent: number
  readonly peakBytes: number
  readonly isRenderer: boolean
}

/** @returns bytes, or undefined where /proc does not exist */
export function peakRendererBytes(browserPid: number): number | undefined {
  const all = readProcesses()
  const family = new Set([browserPid])
  for (let before = 0; before < family.size;) {
    before = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  const peaks = all
    .filter(({ pid, isRenderer }) => isRenderer && family.has(pid))
    .map(({ peakBytes }) => peakBytes)
  return peaks.length > 0 ? Math.max(...peaks) : undefined
}

function readProcesses(): ProcessFacts[] {
  const names = (() => {
    try {
      return readdirSync('/proc')
    } catch {
      return []
    }
  })()
  return names.flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      const isRenderer = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')
      const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
      return [{ pid: Number(name), parent: field('PPid'), peakBytes: field('VmHWM') * 1024, isRenderer }]
    } catch {
      // A process that ended while it was looked at.
      return []
    }
  })
}
