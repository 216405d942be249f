import { expect, test, vi } from 'vitest'
import { Scope } from './scope'

test('disposes everything once, the newest first, children too', () => {
  const scope = new Scope()
  const order: string[] = []
  scope.add(() => order.push('first'))
  scope.child().add(() => order.push('child'))
  scope.add(() => order.push('last'))
  scope.dispose()
  scope.dispose()
  expect(order).toEqual(['last', 'child', 'first'])
})

test('what is added to a disposed scope goes at once', () => {
  const scope = new Scope()
  scope.dispose()
  const dispose = vi.fn<() => void>()
  scope.add(dispose)
  expect(dispose).toHaveBeenCalledOnce()
})

test('a listener ends with its scope, or early', () => {
  const scope = new Scope()
  const target = new EventTarget()
  const [kept, dropped] = [vi.fn<() => void>(), vi.fn<() => void>()]
  scope.listen(target, 'ping', kept)
  scope.listen(target, 'ping', dropped)()
  target.dispatchEvent(new Event('ping'))
  scope.dispose()
  target.dispatchEvent(new Event('ping'))
  expect(kept).toHaveBeenCalledOnce()
  expect(dropped).not.toHaveBeenCalled()
})
