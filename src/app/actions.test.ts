import { expect, test } from 'vitest'
import { ACTIONS } from './actions'

test('every action has its own name and its own keys', () => {
  expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length)
  expect(new Set(ACTIONS.map(({ keys }) => keys)).size).toBe(ACTIONS.length)
})

test('no shortcut is a bare letter', () => {
  for (const { keys } of ACTIONS) expect(keys).toMatch(/^(Escape|(Ctrl|Alt) \+ \S+)$/)
})
