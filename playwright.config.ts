/**
 * Owns: how end-to-end tests run: the built page, served with its real headers, in the system's Chromium. What records runs
 * after all else and alone: where a machine is busy enough, a sound starves before it is recorded (`--no-deps` runs it without
 * the others).
 */
import { defineConfig } from '@playwright/test'
import { launchWith, PLAYED } from './e2e/launch'
import { DIST } from './e2e/site'

/** Not that of `npm start`, which may serve another build; E2E_PORT lets two runs go side by side. */
const PORT = Number(process.env.E2E_PORT ?? 4183)
const RECORDING = /(live|microphone)\.spec\.ts/

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 2,
  projects: [
    { name: 'page', testIgnore: RECORDING },
    { name: 'recording', testMatch: RECORDING, workers: 1, dependencies: ['page'] },
  ],
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    permissions: ['microphone'],
    // Colours are judged and pictures taken at rest, not half-way through a change.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: launchWith(PLAYED),
  },
  webServer: {
    command: `npx --no-install vite preview --host localhost --port ${PORT} --strictPort --outDir ${JSON.stringify(DIST)}`,
    url: `http://localhost:${PORT}`,
    reuseExistingServer: false,
  },
})
