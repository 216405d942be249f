/**
 * Owns: the list of files that the page needs without a server, written into the build for `offline.worker.ts`.
 */
import { createHash } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * Models are kept by the speech worker; the list and its reader are not kept at all; the graphics card's runtime is large,
 * and the page does without.
 */
const LEFT_OUT = [/^models\//, /^offline\.(js|json)$/, /\.jspi-.*\.wasm$/]

/** @param {string} folder @returns {string[]} */
const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !LEFT_OUT.some((pattern) => pattern.test(path)))
    .sort()

/**
 * Writes the list, and its version into the service worker itself: browsers install one anew only when its own bytes differ.
 * @param {string} folder
 */
export function writeOfflineList(folder) {
  const hash = createHash('sha256')
  const paths = filesBelow(folder)
  for (const path of paths) hash.update(path).update(readFileSync(join(folder, path)))
  const version = hash.digest('hex').slice(0, 16)
  const files = paths.map((path) => (path === 'index.html' ? '/' : `/${path}`))
  writeFileSync(join(folder, 'offline.json'), JSON.stringify({ version, files }))
  appendFileSync(join(folder, 'offline.js'), `//${version}\n`)
}

/** @returns {import('vite').Plugin} */
export function offlineList() {
  let folder = 'dist'
  return {
    name: 'offline-list',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle: () => writeOfflineList(folder),
  }
}
