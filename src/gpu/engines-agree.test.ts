/**
 * Takes of the WebAssembly engine beside ONNX Runtime's, over many prompts: the same tokens but where chance is near a tie.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StreamPlan } from '../speech/3-units/streams'
import type { Ladder } from './ladder/load'
import { textToPlan } from './ladder/plan'
import { chooseVoice } from './ladder/voice'
import { drawAll, type Drawn, type LmEngine, type StreamSpec } from './lm-engine'
import { DISTANCE, openBothEngines } from './testing/engines'

describe('wasm beside ort', () => {
  let ladder: Ladder
  let wasm: LmEngine
  beforeAll(async () => {
    ;({ ladder, wasm } = await openBothEngines())
  })
  afterAll(() => ladder.dispose())

  const subjects = ['The brown fox', 'My old friend', 'A quiet river', 'Nobody', 'Her first letter']
  const verbs = ['waits for', 'runs past', 'remembers', 'sings about', 'looks like']
  const ends = ['the morning train.', 'us?']
  const texts = subjects.flatMap((subject) =>
    verbs.flatMap((verb) => ends.map((end) => `${subject} ${verb} ${end}`)),
  )

  async function speakPlans(lines: readonly string[], temperature: number): Promise<StreamSpec[]> {
    const specs: StreamSpec[] = []
    const names = Object.keys(ladder.manifest.voices)
    for (const [seed, text] of lines.entries()) {
      const { utterances } = await textToPlan(ladder, text)
      const sampling = { temperature, topP: 1, topK: 0, minP: 0 }
      const plan: StreamPlan = { task: 'speak', phones: utterances[0].slice(1, -1), sampling, seed, take: 0 }
      specs.push({ plan, voice: chooseVoice(ladder, { name: names[seed % names.length] }) })
    }
    return specs
  }

  async function drawBoth(specs: readonly StreamSpec[]): Promise<{ wanted: Drawn[]; found: Drawn[] }[]> {
    const both = []
    for (let at = 0; at < specs.length; at += 16) {
      const part = specs.slice(at, at + 16)
      const wanted = await drawAll(ladder.lm, part)
      const found = await drawAll(wasm, part)
      both.push(...wanted.map((tokens, i) => ({ wanted: tokens, found: found[i] })))
    }
    return both
  }

  // Where two tokens are equally likely within the engines' distance, rounding decides: what follows is another take.
  it('draws the same greedy tokens for 50 prompts, up to a tie', async () => {
    const both = await drawBoth(await speakPlans(texts, 0))
    expect(both).toHaveLength(50)
    const ties = both.filter(({ wanted, found }) => {
      const at = wanted.findIndex(({ id }, i) => id !== found[i]?.id)
      if (at === -1) {
        expect(found).toHaveLength(wanted.length)
        return false
      }
      const apart = Math.log(wanted[at].probability / found[at].probability)
      expect(Math.abs(apart), `token ${at}`).toBeLessThanOrEqual(DISTANCE)
      return true
    })
    expect(ties.length).toBeLessThanOrEqual(2)
  })

  it('agrees in at least 99 % of the steps of sampled takes', async () => {
    const both = await drawBoth(await speakPlans(texts.slice(0, 16), 0.8))
    const steps = both.reduce((sum, { wanted }) => sum + wanted.length, 0)
    const same = both.reduce(
      (sum, { wanted, found }) => sum + wanted.filter(({ id }, i) => id === found[i]?.id).length,
      0,
    )
    expect(same / steps).toBeGreaterThanOrEqual(0.99)
  })
})
