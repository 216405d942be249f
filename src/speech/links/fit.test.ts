import { expect, it } from 'vitest'
import { fitState, type FittingModel } from './fit'
import { DEFAULT_STATE, type LinkState } from './state'

const model = {
  codes: 1024,
  voiceDim: 2,
  voices: { af_heart: { vector: [1, 1], description: '' }, bf_emma: { vector: [1, 1], description: '' } },
  lm: { vocabulary: { phones: ['_', 'B', 'AA1', '.'], firstUnit: 120 } },
} as unknown as FittingModel
const fit = (part: Partial<LinkState>) => fitState({ ...DEFAULT_STATE, ...part }, model)

it('keeps what suits the model', () => {
  const suited: Partial<LinkState>[] = [
    {},
    { phones: ['B', 'AA1', '.'] },
    { voice: { kind: 'mix', parts: [{ name: 'bf_emma', weight: 1 }] } },
    { voice: { kind: 'vector', vector: [0.5, 1] } },
    { tokens: { units: [1023], durationsFrames: [1] } },
    { branches: [{ step: 1, token: 1143, noise: { kind: 'same' } }] },
  ]
  for (const part of suited) expect(fit(part)).toEqual({ state: { ...DEFAULT_STATE, ...part }, notes: [] })
})

it('takes the usual value for what does not, and says so', () => {
  const unsuited: [Partial<LinkState>, RegExp][] = [
    [{ phones: ['B', 'ZH'] }, /phone “ZH”/],
    [{ pronunciations: new Map([['a', ['ZH']]]) }, /pronunciations/],
    [{ voice: { kind: 'name', name: 'toString' } }, /voice/],
    [{ voice: { kind: 'mix', parts: [{ name: 'nobody', weight: 1 }] } }, /voice/],
    [{ voice: { kind: 'vector', vector: [1] } }, /voice/],
    [{ tokens: { units: [1024], durationsFrames: [1] } }, /tokens/],
    [{ branches: [{ step: 1, token: 1144, noise: { kind: 'same' } }] }, /branch/],
  ]
  for (const [part, note] of unsuited) {
    expect(fit(part)).toEqual({ state: DEFAULT_STATE, notes: [expect.stringMatching(note)] })
  }
})
