/** Builds in a folder of the test's own: browsers compare the service worker's bytes, so another build needs other bytes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeOfflineList } from './offline-list.mjs'

async function build(page: string): Promise<{ readonly worker: string; readonly list: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'converge-build-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const place = (name: string) => join(folder, name)
  await writeFile(place('index.html'), page)
  await writeFile(place('offline.js'), 'keep()\n')
  writeOfflineList(folder)
  return {
    worker: await readFile(place('offline.js'), 'utf8'),
    list: await readFile(place('offline.json'), 'utf8'),
  }
}

test('another page is another service worker, the same page the same', async () => {
  const [first, same, next] = [await build('one'), await build('one'), await build('two')]
  expect(JSON.parse(first.list)).toEqual({ version: expect.stringMatching(/^[0-9a-f]{16}$/), files: ['/'] })
  expect(same).toEqual(first)
  expect(next.worker).not.toBe(first.worker)
  expect(next.worker).toMatch(/^keep\(\)\n/)
})
