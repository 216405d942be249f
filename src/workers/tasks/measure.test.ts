/** What was heard is compared with the reference as it is read aloud; every word is known, so no model is asked. */
import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import type { Ladder } from '../../gpu/ladder/load'
import { MODELS_FOLDER } from '../../gpu/testing/disk-ladder'
import { createVocabulary } from '../../speech/3-units/vocabulary'
import { parseManifest } from '../../speech/manifest'
import type { TaskContext } from './context'
import { runMeasure } from './measure'

const manifest = parseManifest(JSON.parse(readFileSync(`${MODELS_FOLDER}manifest.json`, 'utf8')))
const ladder = {
  manifest,
  vocabulary: createVocabulary(manifest),
  lexicon: { has: () => true, lookup: () => ['AH0'] },
} as unknown as Ladder

it.each([
  [
    'In 1984 he paid $5 on May 3.',
    'in nineteen eighty four he paid five dollars on may third',
    { errors: 0, length: 11 },
  ],
  ['Room 101', 'room two fifty', { errors: 3 }],
])('compares %s as spoken', async (reference, text, words) => {
  const post = vi.fn<TaskContext['post']>()
  const context: TaskContext = { ladder, post, nowMs: () => 0, pause: async () => undefined }
  await runMeasure(context, { type: 'measure', id: 1, reference, text, phones: [] })
  const measured = {
    type: 'measured',
    id: 1,
    result: expect.objectContaining({ words: expect.objectContaining(words) }),
  }
  expect(post).toHaveBeenCalledExactlyOnceWith(measured)
})
