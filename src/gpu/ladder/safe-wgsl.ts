/**
 * Owns: the WebGPU engine behind its recovery: every device is put to the known-answer test before it draws, and what
 * fails half-way goes on elsewhere, which is told in one line.
 */
import type { LmEngine } from '../lm-engine'
import { withRecovery } from '../recovery'
import type { OpenedWgslLm } from '../wgsl/open'
import type { LmOptions } from './choose-lm'
import { recoveryToChange, type LmReasons } from './lm-reasons'
import { openWgsl, type LmParts } from './open-lm'

interface SafetyParts {
  readonly makeFallback: () => Promise<LmEngine>
  /** What is said of the engines while this one runs. */
  readonly reasons: () => LmReasons
  /** Throws where the first device, still untested, is not worth testing. */
  readonly weigh?: (opened: OpenedWgslLm) => Promise<void>
}

/** @throws ConvergeError `engine-unavailable`, or `engine-failed` where it answers wrongly */
export async function openSafeWgsl(
  { webGpu, onLmChange }: Pick<LmOptions, 'webGpu' | 'onLmChange'>,
  parts: LmParts,
  { makeFallback, reasons, weigh }: SafetyParts,
): Promise<LmEngine> {
  let weighFirst = weigh
  const lm = await withRecovery({
    makeEngine: () => openWgsl(parts, webGpu, weighFirst),
    makeFallback,
    onRecovery: (recovery) => onLmChange?.(recoveryToChange(recovery, reasons())),
  })
  // A device that comes later has to be right; it need not race again.
  weighFirst = undefined
  return lm
}
