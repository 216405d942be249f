/** Owns: how the system's Chromium is started for end-to-end tests: alone, unasked, with a false microphone. */
import type { LaunchOptions } from '@playwright/test'
import { findChromium } from '../scripts/chromium.mjs'
import { clipPath } from './parts'

/** @param recording what the microphone plays, over and over; one of the clips @param more switches */
export const launchWith = (recording: string, more: readonly string[] = []): LaunchOptions => ({
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
    `--use-file-for-fake-audio-capture=${clipPath(recording)}`,
    ...more,
  ],
})
