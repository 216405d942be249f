/**
 * Owns: the take that is on screen and playable before any model is loaded. If it can't be had the page works without:
 * it is a greeting, not a part.
 */
import type { SpeakExample } from '../ports/site-files'
import type { SoundShelf } from '../sound-shelf'
import { DEFAULT_SETTINGS } from './speak-settings'
import type { SpeakStore } from './speak-store'
import { spokenToTimeline } from './timeline'

const EXAMPLE_AUDIO = 'speak-example.wav'

export interface StoredExamplePorts {
  readonly speak: Pick<SpeakStore, 'addTake' | 'getState' | 'setState'>
  readonly shelf: Pick<SoundShelf, 'add'>
  readonly fetchExample: () => Promise<SpeakExample>
  readonly fetchAudio: (file: string) => Promise<Blob>
}

export async function showStoredExample(ports: StoredExamplePorts): Promise<void> {
  try {
    const [example, audio] = await Promise.all([ports.fetchExample(), ports.fetchAudio(EXAMPLE_AUDIO)])
    const source = await ports.shelf.add({ wav: await audio.arrayBuffer() })
    const { text, voice, temperature, seed, phones, words } = example
    const plan = { phones, utteranceEnds: [phones.length], words, skipped: [] }
    const timeline = spokenToTimeline(example, plan, example.sampleRateHz / example.samplesPerFrame)
    ports.speak.addTake({
      ...DEFAULT_SETTINGS,
      text,
      voice: { kind: 'name', name: voice },
      temperature,
      seed,
      plan,
      timeline,
      soundId: source.id,
      isStored: true,
    })
    if (ports.speak.getState().text === '') ports.speak.setState({ text })
  } catch (thrown) {
    console.warn('The stored example could not be shown.', thrown)
  }
}
