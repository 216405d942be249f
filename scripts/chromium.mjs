/**
 * Owns: where the browser for end-to-end tests is. It comes from the system's packages, never from a download of its own.
 */
import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const findChromium = () => PLACES.find((path) => path && existsSync(path))

/** Installs Chromium where this process may; else says in one line how, and ends. */
export function requireChromium() {
  if (findChromium()) return
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (mayInstall) {
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', args, {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    }
    if (findChromium()) return
  }
  console.error('No Chromium found: install it (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH.')
  process.exit(1)
}
