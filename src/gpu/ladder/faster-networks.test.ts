/**
 * The second look at the networks, with the real ones on WebAssembly as both sides: a rival that is faster, slower,
 * wrong or broken. A graphics card is pretended by its adapter alone; nothing is asked of it but its name.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Unit } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import type { Networks } from '../networks'
import { openTestLadder } from '../testing/disk-ladder'
import { findFasterNetworks, type NetworksChange, type NetworksPort } from './faster-networks'
import { knownStream, knownUnits } from './known-answer'
import type { Ladder } from './load'

let ladder: Ladder
let units: Unit[]
let voice: Float32Array
beforeAll(async () => {
  ladder = await openTestLadder('int8', 'wasm')
  units = knownUnits(ladder)
  voice = knownStream(ladder).voice
})
afterAll(() => ladder.dispose())

function pretendedGpu(architecture: string): GPU {
  const info = { vendor: 'acme', architecture, description: '', isFallbackAdapter: false }
  const limits = new Proxy({}, { get: () => Infinity })
  const adapter = { info, limits, features: new Set() }
  return { requestAdapter: async () => adapter } as unknown as GPU
}

const portWith = (gpu: GPU | string, loadRuntime: NetworksPort['loadRuntime']): NetworksPort => ({
  findGpu: async () => gpu,
  loadRuntime,
})
const noRuntime = async () => {
  throw new ConvergeError('engine-unavailable', 'This browser has no WebAssembly JSPI.')
}
/** Sessions are made by the test. */
const cardPort = portWith(pretendedGpu('hopper'), async () => noRuntime)

interface Looked {
  readonly before: Networks
  readonly networks: Networks
  readonly networksReason: string
  readonly changes: readonly NetworksChange[]
}

/** Each function of the networks, changed alike. */
function mapNetworks(
  networks: Networks,
  change: <Given extends unknown[], Found>(
    run: (...given: Given) => Promise<Found>,
  ) => (...given: Given) => Promise<Found>,
): Networks {
  return {
    whisperMelToUnits: change(networks.whisperMelToUnits),
    codecMelToUnits: change(networks.codecMelToUnits),
    codecMelToVoice: change(networks.codecMelToVoice),
    unitsToControls: change(networks.unitsToControls),
  }
}

/** A clock that runs on only while a network does, so that nothing depends on the machine. */
let clockMs = 0
const taking = (ms: number, networks: Networks): Networks =>
  mapNetworks(networks, (run) => async (...given) => {
    clockMs += ms
    return run(...given)
  })

async function look(rivals: Networks, port = cardPort): Promise<Looked> {
  const before = taking(10, ladder.networks)
  let isReleased = false
  const changes: NetworksChange[] = []
  const { networks, networksReason, opened } = await findFasterNetworks(ladder, {
    port,
    before,
    openRivals: async () => ({
      networks: rivals,
      async release() {
        isReleased = true
      },
    }),
    tokenizers: ['whisper', 'mel'],
    pause: async () => undefined,
    nowMs: () => clockMs,
    onChange: (change) => changes.push(change),
  })
  expect(opened !== undefined).toBe(!isReleased && networks !== before)
  return { before, networks, networksReason, changes }
}

describe('the second look at the networks', () => {
  it('takes each network that is faster and right, and gives the same answers', async () => {
    const { before, networks, networksReason } = await look(taking(9, ladder.networks))
    expect(networksReason).toMatch(/“acme hopper”.*decoder 9 ms against 10 ms, so used/)
    expect(networksReason.match(/so used/g)).toHaveLength(4)
    expect(networks.unitsToControls).not.toBe(before.unitsToControls)
    const controls = await networks.unitsToControls(units, voice)
    expect(controls).toEqual(await ladder.networks.unitsToControls(units, voice))
  })

  it('leaves all as it was where the card is slower', async () => {
    const { before, networks, networksReason } = await look(taking(11, ladder.networks))
    expect(networks).toBe(before)
    expect(networksReason.match(/11 ms against 10 ms, so not used/g)).toHaveLength(4)
  })

  it('does not trust a network that is wrong, however fast', async () => {
    const right = taking(1, ladder.networks)
    const wrong: Networks = {
      ...right,
      async unitsToControls(given, speaker) {
        const controls = (await right.unitsToControls(given, speaker)).slice()
        controls[controls.length - 1] += 0.05
        return controls
      },
      async whisperMelToUnits(...given) {
        const found = await right.whisperMelToUnits(...given)
        return found.map((unit, i) => (i % 20 === 0 ? unit ^ 1 : unit))
      },
      codecMelToVoice: async () => new Float32Array(voice.length).fill(NaN),
    }
    const { before, networks, networksReason } = await look(wrong)
    expect(networksReason).toMatch(/decoder wrong, so not used; voice encoder wrong, so not used/)
    expect(networksReason).toMatch(/whisper tokenizer wrong, so not used/)
    expect(networks.unitsToControls).toBe(before.unitsToControls)
    expect(networks.codecMelToVoice).toBe(before.codecMelToVoice)
    expect(networks.whisperMelToUnits).toBe(before.whisperMelToUnits)
  })

  it('goes on with WebAssembly where the card fails half-way, and says so once', async () => {
    let isLost = false
    const failing = mapNetworks(taking(1, ladder.networks), (run) => async (...given) => {
      if (isLost) throw new Error('The device was lost.')
      return run(...given)
    })
    const { networks, changes } = await look(failing)
    isLost = true
    const wanted = await ladder.networks.unitsToControls(units.slice(5), voice)
    for (let i = 0; i < 3; i++) expect(await networks.unitsToControls(units.slice(5), voice)).toEqual(wanted)
    expect(changes).toEqual([
      {
        networksReason: expect.stringContaining('The device was lost.'),
        notice: expect.stringContaining('went on on WebAssembly'),
      },
    ])
  })

  it.each([
    ['This browser has no WebGPU.', 'This browser has no WebGPU.'],
    [pretendedGpu('swiftshader'), 'computes on the processor'],
    [pretendedGpu('hopper'), 'no WebAssembly JSPI'],
  ])('stays on WebAssembly without a card or its runtime, and says why', async (gpu, why) => {
    const { before, networks, networksReason } = await look(ladder.networks, portWith(gpu, noRuntime))
    expect(networks).toBe(before)
    expect(networksReason).toContain(why)
  })
})
