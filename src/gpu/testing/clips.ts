/** Owns: the recordings of people that tests listen to. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeWav } from '../../speech/4-wave/wav'
import type { Recording } from '../ladder/tokenize'

export function readClip(name: string): Recording {
  const path = fileURLToPath(new URL(`../../../e2e/fixtures/librivox/${name}`, import.meta.url))
  const { channels, sampleRateHz } = decodeWav(new Uint8Array(readFileSync(path)))
  return { samples: channels[0], sampleRateHz }
}
