/**
 * Owns: the second look at the engines, when the ladder speaks already: whether WebGPU is faster here than what runs, and
 * as right. Faster comes first: a measurement takes a moment, the known answers take long on a slow adapter.
 */
import { ConvergeError, toPlainError } from '../../speech/errors'
import type { OpenedWgslLm } from '../wgsl/open'
import type { ChosenLm, LmOptions } from './choose-lm'
import { ENGINE_TITLES, rejected, withRejected } from './lm-reasons'
import type { LmParts } from './open-lm'
import { openSafeWgsl } from './safe-wgsl'
import { measureTokensPerSecond } from './speed'

const pretty = (tokensPerSecond: number): string => `${Math.round(tokensPerSecond)} tokens a second`

/**
 * @param pause resolves when nobody waits for the ladder: the look steps aside between its parts
 * @returns the faster engine, which falls back to the one that ran, or that one; either with what was found
 */
export async function findFasterLm(
  before: ChosenLm,
  options: LmOptions,
  parts: LmParts,
  pause: () => Promise<void>,
): Promise<ChosenLm> {
  const { manifest } = parts
  let reasons = before

  async function weigh({ lm, adapter }: OpenedWgslLm): Promise<void> {
    const own = await measureTokensPerSecond({ lm, manifest }, pause)
    const others = await measureTokensPerSecond({ lm: before.lm, manifest }, pause)
    const { name } = before.lm
    const found = `${pretty(own)} on the adapter “${adapter.name}”, ${pretty(others)} on ${ENGINE_TITLES[name]}.`
    if (own <= others) throw new ConvergeError('engine-unavailable', `Slower here: ${found}`)
    reasons = {
      ...before,
      lmReason: `It gave the known answers here and is the fastest: ${found}`,
      lmRejected: withRejected(before.lmRejected, rejected(name, `Slower here: ${pretty(others)}.`)).filter(
        ({ engine }) => engine !== 'wgsl',
      ),
    }
  }

  await pause()
  try {
    const makeFallback = async () => ({ ...before.lm, dispose: async () => undefined })
    const lm = await openSafeWgsl(options, parts, { makeFallback, reasons: () => reasons, weigh })
    return { ...reasons, lm }
  } catch (thrown) {
    const lmRejected = withRejected(before.lmRejected, { engine: 'wgsl', error: toPlainError(thrown) })
    return { ...before, lmRejected }
  }
}
