/**
 * Owns: `licences.txt` of the build: the notices, and the terms of everything in the page that isn't a package's code. Those
 * of the packages are collected by Vite itself, in `licences-packages.md`.
 */
import { readdirSync, readFileSync } from 'node:fs'

const FONT = 'node_modules/@fontsource-variable/noto-sans/LICENSE'

/** @type {(title: string, path: string) => string} */
const chapter = (title, path) =>
  `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${readFileSync(path, 'utf8').trim()}\n`

/** @returns {import('vite').Plugin} */
export const licences = () => ({
  name: 'licences',
  apply: 'build',
  generateBundle() {
    const chapters = [
      chapter('Notices', 'NOTICE'),
      chapter('Converge: code and models', 'LICENSE'),
      ...readdirSync('licences').map((name) => chapter(name.replace('.txt', ''), `licences/${name}`)),
      chapter('Noto Sans', FONT),
    ]
    this.emitFile({ type: 'asset', fileName: 'licences.txt', source: chapters.join('\n') })
  },
})
