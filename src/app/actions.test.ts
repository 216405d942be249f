import { expect, test } from 'vitest'
import { ACTIONS } from './actions'

test('every action has its own name and its own keys', () => {
  expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length)
  expect(new Set(ACTIONS.map(({ keys }) => keys)).size).toBe(ACTIONS.length)
})

test('no shortcut is a bare letter, but for those that can be turned off', () => {
  const single = new Set(['play-number', 'swap-takes'])
  for (const { id, keys } of ACTIONS)
    expect(keys).toMatch(single.has(id) ? /^(1 to 9|[A-Z])$/ : /^(Escape|(Ctrl|Alt) \+ \S+)$/)
})
