/**
 * Owns: the second look at the other networks, when the ladder speaks already: whether each is faster on a graphics card
 * here, by ONNX Runtime's WebGPU, and as right. What is right is what WebAssembly says of the same stored utterance. The
 * first run on the card, before anybody presses anything, compiles its shaders.
 */
import { ConvergeError, toPlainError } from '../../speech/errors'
import type { Networks, TokenizerName } from '../networks'
import type { CreateSession } from '../ort/runtime'
import type { WebGpuPort } from '../wgsl/open'
import { probeAdapter } from '../wgsl/probe'
import type { Ladder } from './load'
import { makeTrials, type Trial } from './network-trials'
import type { OpenedNetworks } from './open-networks'

/** Where a graphics card's runtime comes from. */
export interface NetworksPort extends Pick<WebGpuPort, 'findGpu'> {
  /** Fetches it. */
  readonly loadRuntime: () => Promise<CreateSession>
}

export interface ChosenNetworks {
  readonly networks: Networks
  /** What runs where, and why, in a sentence or two. */
  readonly networksReason: string
}

/** After a failure. */
export interface NetworksChange {
  readonly networksReason: string
  /** What happened, in one line. */
  readonly notice: string
}

export const NETWORKS_AT_LOAD = 'Tokenizer, voice encoder and decoder run on WebAssembly.'

/** Each A B B A. */
const ROUNDS = 2

interface Look {
  readonly port: NetworksPort
  /** As they run now, on WebAssembly. */
  readonly before: Networks
  /** Opens those that are to be tried on that runtime. */
  readonly openRivals: (create: CreateSession) => Promise<OpenedNetworks>
  readonly tokenizers: readonly TokenizerName[]
  /** Resolves when nobody waits for the ladder. */
  readonly pause: () => Promise<void>
  readonly nowMs: () => number
  /** Told once where a network fails half-way: all run on WebAssembly from there on, its own work included. */
  readonly onChange: (change: NetworksChange) => void
}

/** @returns the networks, each where it is faster; what is no longer needed is released */
export async function findFasterNetworks(
  ladder: Pick<Ladder, 'manifest' | 'vocabulary'>,
  look: Look,
): Promise<ChosenNetworks & { readonly opened?: OpenedNetworks }> {
  let opened: OpenedNetworks | undefined
  try {
    await look.pause()
    const adapter = await findCard(look.port)
    const create = await look.port.loadRuntime()
    await look.pause()
    opened = await look.openRivals(create)
    const verdicts: string[] = []
    const faster: Trial[] = []
    for (const trial of await makeTrials(ladder, look.before, look.tokenizers)) {
      const verdict = await judge(trial, look, opened.networks)
      if (verdict.isFaster) faster.push(trial)
      verdicts.push(`${trial.title} ${verdict.text}`)
    }
    const networksReason = `On the adapter “${adapter}”, against WebAssembly: ${verdicts.join('; ')}.`
    if (faster.length > 0) {
      return { networks: join(look, opened.networks, faster), networksReason, opened }
    }
    await opened.release()
    return { networks: look.before, networksReason }
  } catch (thrown) {
    await opened?.release()
    const networksReason = `${NETWORKS_AT_LOAD} ${toPlainError(thrown).message}`
    return { networks: look.before, networksReason }
  }
}

/** @returns the adapter's name @throws ConvergeError `engine-unavailable` where there is no graphics card */
async function findCard({ findGpu }: NetworksPort): Promise<string> {
  const gpu = await findGpu()
  const found = typeof gpu === 'string' ? gpu : await probeAdapter(gpu)
  if (typeof found === 'string') throw new ConvergeError('engine-unavailable', found)
  const { name, isSoftware } = found.report
  if (!isSoftware) return name
  const message = `The adapter “${name}” computes on the processor, where WebAssembly is many times faster.`
  throw new ConvergeError('engine-unavailable', message)
}

async function judge(
  trial: Trial,
  { before, pause, nowMs }: Look,
  rivals: Networks,
): Promise<{ readonly isFaster: boolean; readonly text: string }> {
  await pause()
  const wanted = await trial.run(before)
  const found = await trial.run(rivals)
  if (!trial.agrees(found, wanted)) return { isFaster: false, text: 'wrong, so not used' }
  let ownMs = 0
  let rivalMs = 0
  const time = async (networks: Networks): Promise<number> => {
    await pause()
    const startMs = nowMs()
    await trial.run(networks)
    return nowMs() - startMs
  }
  for (let round = 0; round < ROUNDS; round++) {
    ownMs += await time(before)
    rivalMs += await time(rivals)
    rivalMs += await time(rivals)
    ownMs += await time(before)
  }
  const mean = (ms: number): string => `${Math.round(ms / (2 * ROUNDS))} ms`
  const isFaster = rivalMs < ownMs
  return {
    isFaster,
    text: `${mean(rivalMs)} against ${mean(ownMs)}, so ${isFaster ? 'used' : 'not used'}`,
  }
}

/** What is faster runs there until something fails; from then on all runs as before. */
function join({ before, onChange }: Look, rivals: Networks, faster: readonly Trial[]): Networks {
  let hasFailed = false
  function withFallback<Arguments extends unknown[], Result>(
    name: keyof Networks,
    fast: (...given: Arguments) => Promise<Result>,
    sure: (...given: Arguments) => Promise<Result>,
  ): (...given: Arguments) => Promise<Result> {
    if (!faster.some((trial) => trial.name === name)) return sure
    return async (...given) => {
      if (hasFailed) return sure(...given)
      try {
        return await fast(...given)
      } catch (error) {
        if (!hasFailed) onChange(toChange(error))
        hasFailed = true
        return sure(...given)
      }
    }
  }
  return {
    whisperMelToUnits: withFallback('whisperMelToUnits', rivals.whisperMelToUnits, before.whisperMelToUnits),
    codecMelToUnits: withFallback('codecMelToUnits', rivals.codecMelToUnits, before.codecMelToUnits),
    codecMelToVoice: withFallback('codecMelToVoice', rivals.codecMelToVoice, before.codecMelToVoice),
    unitsToControls: withFallback('unitsToControls', rivals.unitsToControls, before.unitsToControls),
  }
}

function toChange(error: unknown): NetworksChange {
  const { message } = toPlainError(error)
  return {
    networksReason: `${NETWORKS_AT_LOAD} One failed on the graphics card. ${message}`,
    notice: 'A network failed on the graphics card. What was under way went on on WebAssembly.',
  }
}
