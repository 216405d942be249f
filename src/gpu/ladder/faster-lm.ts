/**
 * Owns: the second look at the engines, when the ladder speaks already: whether WebGPU is faster here than what runs, and
 * as right. Faster comes first: a measurement takes a moment, the known answers take long on a slow adapter. Drawing and
 * searching are weighed apart, for a search fetches its logits from the device at every step.
 */
import { ConvergeError, toPlainError } from '../../speech/errors'
import type { LmEngine } from '../lm-engine'
import type { OpenedWgslLm } from '../wgsl/open'
import type { ChosenLm, LmOptions } from './choose-lm'
import { ENGINE_TITLES, rejected, withRejected } from './lm-reasons'
import type { LmParts } from './open-lm'
import { openSafeWgsl } from './safe-wgsl'
import { measureSearchedPerSecond, measureTokensPerSecond } from './speed'

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
  let reasons = before
  let searchesBefore = false

  async function weigh({ lm, adapter }: OpenedWgslLm): Promise<void> {
    const { name } = before.lm
    const rival = { ...parts, lm: before.lm }
    const own = await measureTokensPerSecond({ ...parts, lm }, pause)
    const others = await measureTokensPerSecond(rival, pause)
    const found = `${pretty(own)} on the adapter “${adapter.name}”, ${pretty(others)} on ${ENGINE_TITLES[name]}.`
    if (own <= others) throw new ConvergeError('engine-unavailable', `Slower here: ${found}`)
    const searched = await measureSearchedPerSecond({ ...parts, lm }, pause)
    const othersSearched = await measureSearchedPerSecond(rival, pause)
    searchesBefore = searched <= othersSearched
    const why = searchesBefore
      ? `It searches, ${pretty(othersSearched)} against ${pretty(searched)}, but draws slower here, ${pretty(others)}.`
      : `Slower here, ${pretty(others)}.`
    reasons = {
      ...before,
      lmReason: `It gave the known answers here and is the fastest: ${found}`,
      lmRejected: withRejected(
        before.lmRejected.filter(({ engine }) => engine !== 'wgsl'),
        rejected(name, why),
      ),
    }
  }

  await pause()
  try {
    const makeFallback = async () => ({ ...before.lm, dispose: async () => undefined })
    const lm = await openSafeWgsl(options, parts, { makeFallback, reasons: () => reasons, weigh })
    return { ...reasons, lm: searchesBefore ? withCursorsOf(before.lm, lm) : lm }
  } catch (thrown) {
    const lmRejected = withRejected(before.lmRejected, { engine: 'wgsl', error: toPlainError(thrown) })
    return { ...before, lmRejected }
  }
}

/** Draws on one engine and searches on another. */
const withCursorsOf = (searching: LmEngine, drawing: LmEngine): LmEngine => ({
  get name() {
    return drawing.name
  },
  openCursor: () => searching.openCursor(),
  start: (specs, drawn) => drawing.start(specs, drawn),
  dispose: () => drawing.dispose(),
})
