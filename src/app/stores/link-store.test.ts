/** The page's link against real stores and an address in memory: what is read, written and brought back. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConvergeError } from '../../speech/errors'
import { stateToLink } from '../../speech/links/link'
import { DEFAULT_STATE } from '../../speech/links/state'
import { stateArbitrary } from '../../speech/links/link-arbitraries'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan } from '../../workers/protocol'
import type { Address } from '../ports/address'
import { Scope } from '../scope'
import { createSoundShelf } from '../sound-shelf'
import { createChancesStore } from './chances-store'
import type { Catalogue } from './engine-store'
import { createFakePictures, createReadyEngine, fakeDrawn } from './fakes'
import { createGridStore } from './grid-store'
import { createLinkStore } from './link-store'
import { createSettingsStore } from './settings-store'
import { createSpeakStore } from './speak-store'
import { createTakesStore } from './takes-store'

const plan: SpeakPlan = {
  phones: ['_', 'HH', 'AY1', '.', '_'],
  utteranceEnds: [5],
  words: [{ word: 'hi', firstPhone: 1, endPhone: 3, origin: 'lexicon' }],
  skipped: [],
}
const tokens = { units: [1, 2, 3, 4, 5, 6], durationsFrames: [1, 1, 2, 1, 1] }
const nobody = () => Promise.reject(new ConvergeError('internal', 'Nobody asked for this.'))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(hash = '') {
  const scope = new Scope()
  const engine = createReadyEngine()
  const shelf = createSoundShelf(createFakePictures())
  const playback = { wake: vi.fn<() => void>(), play: vi.fn<() => void>(), pause: vi.fn<() => void>() }
  const client = {
    speak: vi.fn<SpeechClient['speak']>(async (_call, onEvent) => {
      onEvent?.({ type: 'planned', id: 1, plan })
      return { ...tokens, phones: plan.phones, seconds: 0.15, firstSampleMs: 1, totalMs: 1 }
    }),
    sound: vi.fn<SpeechClient['sound']>(async () => ({
      samples: new Float32Array(3600),
      hz: new Float32Array(12),
      statistics: fakeDrawn.sound.statistics,
    })),
    plan: vi.fn<SpeechClient['plan']>(async () => plan),
    grid: nobody,
    chances: vi.fn<SpeechClient['chances']>(nobody),
    branch: nobody,
    roundTrip: nobody,
  }
  const settings = createSettingsStore({
    theme: { read: () => null, keep: () => {} },
    engine: { read: () => null, keep: () => {} },
  })
  const speak = createSpeakStore({ client, engine, shelf, playback })
  const takes = createTakesStore({ client, engine, shelf, tokenizer: () => 'whisper' })
  const grid = createGridStore({ client, engine, takes, speak, nowMs: () => 0 })
  const listen = { subscribe: () => () => {} }
  const chances = createChancesStore({ client, engine, takes, listen, newSeed: () => 1 })
  let now = hash
  let listener = () => {}
  const copied: string[] = []
  const address = {
    read: () => now,
    write: vi.fn<(link: string) => void>((link) => {
      now = link
    }),
    onChange: (onChange) => {
      listener = onChange
    },
    toUrl: (link) => `http://page/#${link}`,
    copy: async (text) => copied.push(text) > 0,
  } satisfies Address
  const follow = (link: string) => {
    now = link
    listener()
  }
  const linked = { client, engine, shelf, speak, takes, grid, chances, settings }
  const today = () => new Date('2026-01-02T03:04:05Z')
  const link = createLinkStore({ ...linked, address, lessons: ['tokens'], today }, scope)
  link.open()
  return { ...linked, playback, address, follow, copied, link, scope }
}

test('a page that nobody touched has no link; changes are written together, after 350 ms', async () => {
  const { speak, grid, settings, address, link } = setUp()
  speak.setState({ text: '' })
  link.settle()
  await vi.advanceTimersByTimeAsync(1000)
  expect(address.write).not.toHaveBeenCalled()
  speak.setText('Hi.')
  grid.setState({ seedCount: 2 })
  await vi.advanceTimersByTimeAsync(300)
  settings.setState({ hidden: ['seed'] })
  expect(address.write).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60)
  expect(address.write.mock.calls).toEqual([['v=1&text=Hi.&seeds=1,2&hide=seed']])
})

test('a link sets the page, and starts nothing', async () => {
  const { speak, grid, settings, link, client, playback } = setUp(
    'v=1&view=listen&text=Hi.&say=hi:HH+IY1&temp=0.2&T=0,1&seeds=7,8&noise=rows&minp=0.1&lesson=tokens',
  )
  link.settle()
  await vi.runAllTimersAsync()
  expect(speak.getState()).toMatchObject({ text: 'Hi.', temperature: 0.2, seed: 7, cuts: { minP: 0.1 } })
  expect(speak.getState().pronunciations.get('hi')).toEqual(['HH', 'IY1'])
  expect(grid.getState()).toMatchObject({ temperatures: [0, 1], seedCount: 2, sharedNoise: 'rows' })
  expect(settings.getState()).toMatchObject({ view: 'listen', lesson: 'tokens' })
  expect(link.getState().notes).toEqual([])
  expect(client.speak).not.toHaveBeenCalled()
  expect(client.sound).not.toHaveBeenCalled()
  expect(playback.play).not.toHaveBeenCalled()
})

test('a spoken take travels and comes back, silently, as the same samples would', async () => {
  const from = setUp()
  from.link.settle()
  from.speak.setState({ text: 'Hi.', seed: 5 })
  await from.speak.speak()
  await vi.runAllTimersAsync()
  const there = from.address.read()
  expect(there).toContain('&tokens=')

  const to = setUp(there)
  to.link.settle()
  await vi.runAllTimersAsync()
  const { takes, shown } = to.speak.getState()
  expect(takes).toHaveLength(1)
  expect(shown).toBe(takes[0].soundId)
  expect(takes[0].timeline).toEqual(from.speak.getState().takes[0].timeline)
  expect(to.client.sound.mock.calls[0][0]).toMatchObject({
    asSpoken: true,
    take: { ...tokens, seed: 5, soundSeed: 5, utterances: [plan.phones] },
  })
  expect(to.playback.play).not.toHaveBeenCalled()
  expect(to.address.read()).toBe(there)
  to.speak.setText('Other.')
  await vi.runAllTimersAsync()
  expect(to.address.read()).not.toContain('tokens')
})

test('a cell of a grid comes back into its place, its branches as provenance', async () => {
  const there = stateToLink({
    ...DEFAULT_STATE,
    text: 'Hi.',
    chosen: { row: 1, column: 2 },
    branches: [{ step: 3, token: 200, noise: { kind: 'new', seed: 99 } }],
    tokens,
  })
  const { link, takes, grid, client, address } = setUp(there)
  link.settle()
  await vi.runAllTimersAsync()
  const { chosen } = takes.getState()
  expect(grid.getState().ids.indexOf(chosen)).toBe(1 * 5 + 2)
  expect(client.sound.mock.calls[0][0].take).toMatchObject({ seed: 99, sampling: { temperature: 0.6 } })
  expect(address.read()).toBe(there)
})

test('the step of a link is not gone to in what the person opened meanwhile', async () => {
  const there = stateToLink({ ...DEFAULT_STATE, view: 'chances', text: 'Hi.', tokens, step: 3 })
  const { link, chances, takes, client, engine } = setUp(there)
  engine.setState({ catalogue: { vocabulary: { size: 1 } } as unknown as Catalogue })
  client.chances.mockImplementationOnce(
    (_call, _onEvent, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => setTimeout(() => reject(new Error('stopped'))))
      }),
  )
  client.chances.mockImplementationOnce(async (_call, onEvent) => {
    const ones = Array<number>(5).fill(1)
    onEvent?.({
      type: 'thought',
      id: 2,
      steps: {
        firstStep: 0,
        logits: new Float32Array(5),
        allowed: ones.map(() => ({ ranges: [], ids: [] })),
        drawn: ones,
        addresses: ones.map(() => null),
        frames: ones,
        phones: ones,
        entropiesNats: ones,
        surprisesNats: ones,
      },
    })
    return 5
  })
  link.settle()
  await vi.waitFor(() => expect(client.chances).toHaveBeenCalledOnce())
  const { chosen } = takes.getState()
  await chances.open({ kind: 'take', id: chosen ?? 0 })
  chances.goTo(1)
  await vi.runAllTimersAsync()
  expect(chances.getState()).toMatchObject({ step: 1, phase: 'idle' })
})

test('tokens of another text are said, and the rest of the link counts', async () => {
  const { link, speak } = setUp(
    stateToLink({ ...DEFAULT_STATE, text: 'Hi.', tokens: { units: [1], durationsFrames: [1] } }),
  )
  link.settle()
  await vi.runAllTimersAsync()
  expect(link.getState().notes).toEqual([expect.stringMatching(/tokens are not of its text/)])
  expect(speak.getState()).toMatchObject({ text: 'Hi.', takes: [] })
  link.dismiss()
  expect(link.getState().notes).toEqual([])
})

test('a link within the page is followed, its own writing is not', async () => {
  const { link, speak, follow, address, playback } = setUp()
  link.settle()
  follow('v=1&text=One.')
  expect(speak.getState().text).toBe('One.')
  expect(playback.pause).toHaveBeenCalled()
  speak.setText('Two.')
  await vi.runAllTimersAsync()
  follow(address.read())
  expect(speak.getState().text).toBe('Two.')
  follow('')
  expect(speak.getState().text).toBe('Two.')
})

test('a link that was followed before the page had settled is opened then', async () => {
  const { link, speak, follow, address } = setUp('v=1&text=One.')
  follow('v=1&text=Two.')
  expect(speak.getState().text).toBe('One.')
  link.settle()
  await vi.runAllTimersAsync()
  expect(speak.getState().text).toBe('Two.')
  expect(address.read()).toBe('v=1&text=Two.')
})

test('the link and a citation are copied; a page that is more than a link holds says so', async () => {
  const { link, speak, copied } = setUp()
  link.settle()
  speak.setText('Hi.')
  await link.copyLink()
  await link.copyCitation()
  expect(copied[0]).toBe('http://page/#v=1&text=Hi.')
  expect(copied[1]).toBe(
    '“Hi.” [synthetic speech]. Converge, voice Heart, temperature 0.7, seed 1. Made 2026-01-02. http://page/#v=1&text=Hi.',
  )
  expect(link.getState().copied).toBe('The citation is on the clipboard.')
  speak.setText('long '.repeat(20_000))
  await link.copyLink()
  expect(copied).toHaveLength(2)
  expect(link.getState().copied).toMatch(/more than a link can hold/)

  speak.setState({ text: 'Hi.', phones: [...Array<string>(2200).fill('AA1'), '.'] })
  await link.copyLink()
  expect(copied).toHaveLength(2)
  expect(link.getState().copied).toMatch(/more than a link can hold/)
})

test('any state and any text in the address: a page, lines, nothing started', async () => {
  const any = fc.oneof(
    stateArbitrary.map(stateToLink),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .tuple(fc.constantFrom('view', 'T', 'seeds', 'hide', 'lesson', 'tokens', 'say'), fc.string())
      .map(([key, value]) => `v=1&${key}=${value}`),
  )
  await fc.assert(
    fc.asyncProperty(any, async (hash) => {
      const { link, client, playback, settings, speak, scope } = setUp(hash)
      link.settle()
      await vi.runAllTimersAsync()
      expect(client.speak).not.toHaveBeenCalled()
      expect(playback.play).not.toHaveBeenCalled()
      expect(['speak', 'listen', 'chances']).toContain(settings.getState().view)
      expect(speak.getState().phase).toBe('idle')
      for (const note of link.getState().notes) expect(note).not.toContain('\n')
      scope.dispose()
    }),
    { numRuns: 200 },
  )
})
