/** Owns: how the system's Chromium is started for end-to-end tests: alone, unasked, with a false microphone. */
import type { LaunchOptions } from '@playwright/test'
import { findChromium, QUIET_SWITCHES } from '../scripts/chromium.mjs'
import { clipPath } from './parts'

/** What the microphone plays, where nobody says otherwise. */
export const PLAYED = 'sense-0870.wav'

/** @param recording what the microphone plays, over and over; one of the clips @param more switches */
export const launchWith = (recording: string, more: readonly string[] = []): LaunchOptions => ({
  executablePath: findChromium() ?? 'chromium',
  args: [
    ...QUIET_SWITCHES,
    '--disable-quic',
    '--no-first-run',
    '--autoplay-policy=no-user-gesture-required',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${clipPath(recording)}`,
    ...more,
  ],
})
