/**
 * Owns: which engine runs the language model at load: the one that was asked for where it gives the known answers, else
 * the next. Without a wish WebAssembly, which is there soonest; `faster-lm.ts` looks again when the ladder speaks already.
 */
import { toPlainError } from '../../speech/errors'
import type { EngineName, LmEngine } from '../lm-engine'
import type { WebGpuPort } from '../wgsl/open'
import { rejected, withRejected, type LmChange, type LmReasons } from './lm-reasons'
import { GRAPHS, openOrt, openWasm, WEIGHTS, type LmParts, type LmWeights } from './open-lm'
import { openSafeWgsl } from './safe-wgsl'

/** `auto` is the fastest that is right. */
export type EngineChoice = 'auto' | EngineName

export interface LmOptions {
  readonly engine: EngineChoice
  /** Of `ort`; the others have int8 alone. */
  readonly lmWeights: LmWeights
  /** The bytes of `wasm/lm.wasm`; asked for once, unless the engine is `ort`. */
  readonly readLmWasm: () => Promise<BufferSource>
  /** Absent where WebGPU is not to be looked for. */
  readonly webGpu?: WebGpuPort
  /** Told when the engine failed half-way and its work goes on elsewhere. */
  readonly onLmChange?: (change: LmChange) => void
}

export interface ChosenLm extends LmReasons {
  readonly lm: LmEngine
}

const ASKED_FOR = 'It was asked for and gave the known answers here.'
const NOT_ASKED_FOR = 'Not tried: another engine was asked for.'
const SPARE_ORT = rejected('ort', 'Not tried: the reference runs where the faster engines fail.')

/** Names of the files that `chooseLm` reads, unless it falls back. */
export function neededLmFiles({ engine, lmWeights }: Pick<LmOptions, 'engine' | 'lmWeights'>): string[] {
  return engine === 'ort' ? GRAPHS[lmWeights].filter((name) => name !== undefined) : [WEIGHTS]
}

/** @throws ConvergeError what `read` and `openSession` throw */
export async function chooseLm(options: LmOptions, parts: LmParts): Promise<ChosenLm> {
  switch (options.engine) {
    case 'ort':
      return {
        lm: await openOrt(parts, options.lmWeights),
        lmReason: 'The reference engine was asked for.',
        lmRejected: [rejected('wasm', NOT_ASKED_FOR), rejected('wgsl', NOT_ASKED_FOR)],
      }
    case 'wgsl':
      return chooseWgsl(options, parts)
    case 'wasm':
      return chooseWasm(options, parts, ASKED_FOR, NOT_ASKED_FOR)
    case 'auto':
      return chooseWasm(options, parts, 'It gave the known answers here.', 'Not tried yet.')
  }
}

async function chooseWgsl(options: LmOptions, parts: LmParts): Promise<ChosenLm> {
  const chooseOther = () => chooseWasm(options, parts, '', '')
  const reasons = { lmReason: ASKED_FOR, lmRejected: [rejected('wasm', NOT_ASKED_FOR), SPARE_ORT] }
  try {
    const makeFallback = async () => (await chooseOther()).lm
    const lm = await openSafeWgsl(options, parts, { makeFallback, reasons: () => reasons })
    return { lm, ...reasons }
  } catch (thrown) {
    const error = toPlainError(thrown)
    const { lm, lmRejected } = await chooseOther()
    return {
      lm,
      lmReason: `WebGPU was asked for. ${error.message}`,
      lmRejected: withRejected(lmRejected, { engine: 'wgsl', error }),
    }
  }
}

async function chooseWasm(
  options: LmOptions,
  parts: LmParts,
  lmReason: string,
  whyNotWgsl: string,
): Promise<ChosenLm> {
  const wgsl = rejected('wgsl', whyNotWgsl)
  const weights = await parts.read(WEIGHTS)
  try {
    const lm = await openWasm(parts, weights, options.readLmWasm)
    return { lm, lmReason, lmRejected: [wgsl, SPARE_ORT] }
  } catch (thrown) {
    const error = toPlainError(thrown)
    return {
      lm: await openOrt(parts, options.lmWeights),
      lmReason: `The reference stands in for the kernels on WebAssembly. ${error.message}`,
      lmRejected: [{ engine: 'wasm', error }, wgsl],
    }
  }
}
