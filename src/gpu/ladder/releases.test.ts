import { expect, test } from 'vitest'
import { createReleases } from './releases'

test('everything goes once, the newest first', async () => {
  const releases = createReleases()
  const gone: string[] = []
  const [first, second] = [{}, {}]
  await releases.add(first, async () => void gone.push('first'))
  await releases.add(second, async () => void gone.push('second'))
  await releases.add(first, async () => void gone.push('first again'))
  await releases.releaseAll()
  await releases.releaseAll()
  expect(gone).toEqual(['second', 'first'])
})

test('what comes when all is gone goes at once, also while the others go', async () => {
  const releases = createReleases()
  const gone: string[] = []
  const add = (name: string) => releases.add({}, async () => void gone.push(name))
  const first = {}
  const releaseFirst = async () => {
    gone.push('first')
    await add('meanwhile')
  }
  await releases.add(first, releaseFirst)
  await releases.releaseAll()
  await add('late')
  await releases.add(first, releaseFirst)
  expect(gone).toEqual(['first', 'meanwhile', 'late'])
})
