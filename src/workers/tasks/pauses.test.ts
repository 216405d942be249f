/** Tasks beside an engine that only counts: before the first thing is told they let messages in, and a stop ends them. */
import { readFileSync } from 'node:fs'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Ladder } from '../../gpu/ladder/load'
import { MODELS_FOLDER } from '../../gpu/testing/disk-ladder'
import { createVocabulary } from '../../speech/3-units/vocabulary'
import { parseManifest } from '../../speech/manifest'
import { runChances } from './chances'
import type { TaskContext } from './context'
import { runMeasure } from './measure'
import { runPlan } from './plan'

const RUNS_OF_A_BATCH = 5
const manifest = parseManifest(JSON.parse(readFileSync(`${MODELS_FOLDER}manifest.json`, 'utf8')))
/** 80 words that no lexicon has, told apart by their first letters. */
const TEXT = Array.from(
  { length: 80 },
  (_, i) => `z${String.fromCharCode(97 + (i % 26), 97 + (i % 25))}orb`,
).join(' ')

let runs = 0
const stop = vi.fn<() => Promise<void>>()
const post = vi.fn<TaskContext['post']>()
const lm: Partial<Ladder['lm']> = {
  async start(streams) {
    const end = runs + RUNS_OF_A_BATCH
    return {
      async run() {
        runs += 1
        return streams.map(() => [])
      },
      get done() {
        return runs >= end
      },
      dispose: () => undefined,
    }
  },
}
const ladder = {
  manifest,
  vocabulary: createVocabulary(manifest),
  lexicon: { has: () => false, lookup: () => undefined },
  lm,
} as unknown as Ladder
const context: TaskContext = { ladder, post, nowMs: () => 0, pause: stop }

beforeEach(() => {
  runs = 0
  post.mockReset()
  stop.mockReset()
  stop.mockResolvedValueOnce().mockRejectedValue(new DOMException('Stopped.', 'AbortError'))
})

it.each([
  ['a plan', () => runPlan(context, { type: 'plan', id: 1, text: TEXT }), 2 * RUNS_OF_A_BATCH],
  [
    'a plan of typed phones',
    () => runPlan(context, { type: 'plan', id: 1, text: TEXT, phones: ['HH', 'AY1'] }),
    2 * RUNS_OF_A_BATCH,
  ],
  [
    'a measurement',
    () => runMeasure(context, { type: 'measure', id: 1, reference: TEXT, text: '', phones: [] }),
    2 * RUNS_OF_A_BATCH,
  ],
  [
    'chances of listening',
    () => runChances(context, { type: 'chances', id: 1, of: { kind: 'heard', units: [1] } }),
    2,
  ],
])('%s is stopped within a batch', async (_, run, most) => {
  await expect(run()).rejects.toMatchObject({ name: 'AbortError' })
  expect(runs).toBe(most)
  expect(post).not.toHaveBeenCalled()
})
