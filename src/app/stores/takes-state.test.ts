import { expect, test } from 'vitest'
import { addTake, EMPTY_TREE, type TakeOrigin } from '../../speech/takes/tree'
import { putBack, takeOut, type KeptTake, type TakesState } from './takes-state'

const draw = (seed: number): TakeOrigin => ({ kind: 'draw', seed, temperature: 0.6 })
const branch: TakeOrigin = { kind: 'branch', parent: 1, step: 4, token: 90, noise: { kind: 'same' } }
const tree = [draw(1), draw(2), branch].reduce(addTake, EMPTY_TREE)
const kept = (id: number) => [id, { id } as unknown as KeptTake] as const
const state: TakesState = {
  tree,
  takes: new Map([kept(1), kept(2), kept(3)]),
  chosen: 3,
  checking: [2, 1, 3],
  removed: null,
  error: null,
}

test('a take goes with its branches, and comes back with them', () => {
  const { left, removed } = takeOut(state, [1])
  expect([...left.takes.keys()]).toEqual([2])
  expect(left).toMatchObject({ chosen: null, checking: [2] })
  expect(removed.takes.map(({ id }) => id)).toEqual([1, 3])
  const back = putBack(left, removed)
  expect(back.tree).toEqual(tree)
  expect(new Set(back.takes.keys())).toEqual(new Set([1, 2, 3]))
})

test('what is being listened to ends by itself; nobody taken out changes nothing', () => {
  expect(takeOut(state, [1, 2, 3]).left.checking).toEqual([2])
  const { left, removed } = takeOut(state, [])
  expect(left).toMatchObject({ tree, chosen: 3, checking: [2, 1, 3] })
  expect(removed).toEqual({ nodes: [], takes: [] })
})
