/**
 * Owns: how end-to-end tests run: the built page, served with its real headers, in the system's Chromium with a fake
 * microphone that plays a recording.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/chromium.mjs'

const PORT = 4173
const MICROPHONE_WAV = fileURLToPath(new URL('e2e/fixtures/librivox/sense-0870.wav', import.meta.url))

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    permissions: ['microphone'],
    // Colours are judged and pictures taken at rest, not half-way through a change.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: findChromium() ?? 'chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${MICROPHONE_WAV}`,
      ],
    },
  },
  webServer: {
    command: `npx --no-install vite preview --host localhost --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}`,
    reuseExistingServer: !process.env.CI,
  },
})
