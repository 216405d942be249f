/**
 * Owns: where the browser for end-to-end tests and benchmarks is and how it is kept quiet, and the Vulkan loader through
 * which the GPU tests reach the software driver beside it. Both come from the system's packages, never from a download of their own.
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

/** In a container, and without traffic of its own. */
export const QUIET_SWITCHES = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const findChromium = () => PLACES.find((path) => path && existsSync(path))

/** Installs Chromium, and the Vulkan loader, where this process may; without Chromium says in one line how, and ends. */
export function requireChromium() {
  if (!findChromium()) aptInstall('chromium')
  if (!findChromium()) {
    console.error(
      'No Chromium found: install it (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH.',
    )
    process.exit(1)
  }
  if (process.platform !== 'linux' || hasVulkan()) return
  aptInstall('libvulkan1')
  if (!hasVulkan()) {
    console.error(
      'No Vulkan loader found: tests on the GPU will be skipped (Debian: sudo apt-get install libvulkan1).',
    )
  }
}

function hasVulkan() {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'])
  return String(stdout).includes('libvulkan.so.1')
}

/**
 * Nothing happens where this process may not.
 * @param {string} name
 */
function aptInstall(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
}
