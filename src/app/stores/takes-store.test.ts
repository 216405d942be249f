/** The takes against a real shelf: what goes wrong while something is on its way. */
import { expect, test } from 'vitest'
import { ConvergeError } from '../../speech/errors'
import { findTake, type TakeOrigin } from '../../speech/takes/tree'
import type { PictureClient } from '../../workers/spectrogram'
import { createSoundShelf } from '../sound-shelf'
import { createFakePictures, createReadyEngine, fakeDrawn, fakeSaid } from './fakes'
import { createTakesStore } from './takes-store'

const draw: TakeOrigin = { kind: 'draw', seed: 1, temperature: 0.6 }
const branchOf = (parent: number): TakeOrigin => ({
  kind: 'branch',
  parent,
  step: 2,
  token: 90,
  noise: { kind: 'same' },
})
const nobody = () => Promise.reject(new ConvergeError('internal', 'Nobody asked for this.'))

function setUp({ open }: Partial<PictureClient> = {}) {
  const pictures = createFakePictures()
  const shelf = createSoundShelf({ ...pictures, open: open ?? pictures.open })
  const store = createTakesStore({
    client: { sound: nobody, roundTrip: nobody },
    engine: createReadyEngine(),
    shelf,
    tokenizer: () => 'whisper',
  })
  return { store, shelf, add: (origin: TakeOrigin) => store.add(origin, fakeSaid, fakeDrawn) }
}

test('a branch that comes after its parent was removed is no take, and its sound goes', async () => {
  const { store, shelf, add } = setUp()
  const parent = await add(draw)
  const coming = add(branchOf(parent))
  store.remove([parent])
  await expect(coming).rejects.toMatchObject({ code: 'option-invalid', facts: { parent } })
  expect(store.getState().takes.size).toBe(0)
  expect(shelf.source(2)).toBeUndefined()
  const next = await add(draw)
  expect(findTake(store.getState().tree, next)?.name).toBe('T 0.6, seed 1')
})

test('a take whose picture fails leaves no sound behind', async () => {
  const { store, shelf, add } = setUp({ open: nobody })
  await expect(add(draw)).rejects.toMatchObject({ code: 'internal' })
  expect(shelf.source(1)).toBeUndefined()
  expect(store.getState().takes.size).toBe(0)
})
