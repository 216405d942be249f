/**
 * Owns: the page's parts and how they are joined: workers, sound, stores. One place knows all of them; everything else
 * gets the ports it needs.
 */
import { createSpeechClient } from '../workers/client'
import { createPictureClient } from '../workers/spectrogram'
import { LESSONS } from './lessons/lessons'
import { address } from './ports/address'
import { createAudioOut } from './ports/audio-out'
import { keptChoice } from './ports/kept-choice'
import { createMicrophone } from './ports/microphone'
import { keepForOffline, keepFromEviction } from './ports/offline'
import { readRecording } from './ports/recording-file'
import { fetchExampleAudio, fetchManifest, fetchSpeakExample, models } from './ports/site-files'
import { startPictureWorker, startSpeechWorker } from './ports/start-workers'
import type { Scope } from './scope'
import { createSoundShelf, type SoundShelf } from './sound-shelf'
import { createAverageStore, type AverageStore } from './stores/average-store'
import { createChancesStore, type ChancesStore } from './stores/chances-store'
import { createCompareStore, type CompareStore } from './stores/compare-store'
import { createEngineStore, type EngineState, type EngineStore } from './stores/engine-store'
import { createFilesStore, type FilesStore } from './stores/files-store'
import { createGridStore, type GridStore } from './stores/grid-store'
import { createLinkStore, type LinkStore } from './stores/link-store'
import { createListenStore, type ListenStore } from './stores/listen-store'
import { createPhonesStore, type PhonesStore } from './stores/phones-store'
import { createPlaybackStore, type PlaybackStore } from './stores/playback-store'
import { createReferenceStore, type ReferenceStore } from './stores/reference-store'
import { createSayBackStore, type SayBackStore } from './stores/say-back-store'
import { createSettingsStore, type SettingsStore } from './stores/settings-store'
import { SEED_MAX } from './stores/speak-settings'
import { createSpeakStore, type SpeakStore } from './stores/speak-store'
import { showStoredExample } from './stores/stored-example'
import { suitModels } from './stores/suit-models'
import { createTakesStore, type TakesStore } from './stores/takes-store'
import { createVoiceStore, type VoiceStore } from './stores/voice-store'
import { createUnitDigits, type UnitDigits } from './stores/unit-digits'
import { createUnitSounds, type UnitSounds } from './stores/unit-sounds'

export interface Services {
  readonly engine: EngineStore
  readonly speak: SpeakStore
  readonly listen: ListenStore
  readonly files: FilesStore
  readonly reference: ReferenceStore
  readonly sayBack: SayBackStore
  readonly takes: TakesStore
  readonly voice: VoiceStore
  readonly phones: PhonesStore
  readonly link: LinkStore
  readonly grid: GridStore
  readonly compare: CompareStore
  readonly average: AverageStore
  readonly chances: ChancesStore
  readonly unitSounds: UnitSounds
  readonly unitDigits: UnitDigits
  readonly playback: PlaybackStore
  readonly settings: SettingsStore
  readonly shelf: SoundShelf
}

export function createServices(scope: Scope): Services {
  const client = createSpeechClient({
    startWorker: startSpeechWorker,
    // Read when the models are loaded: a refused address is then shown where all troubles with models are.
    get modelsUrl() {
      return models.url
    },
  })
  const pictures = createPictureClient(startPictureWorker)
  scope.add(() => client.dispose())
  scope.add(() => pictures.dispose())
  const shelf = createSoundShelf(pictures)
  const playback = createPlaybackStore({ audio: createAudioOut(scope) })
  const settings = createSettingsStore({
    theme: keptChoice('converge-theme'),
    engine: keptChoice('converge-engine'),
  })
  const engineChoice = () => settings.getState().engine
  const engine = createEngineStore({ client, engineChoice, fetchManifest, nowMs: () => performance.now() })
  scope.add(
    settings.subscribe((state, before) => {
      // Failures are in the engine's state.
      if (state.engine !== before.engine) void engine.ensure('any').catch(() => undefined)
      // Its pause button leaves with the view.
      if (state.view !== before.view) playback.pause()
    }),
  )
  const speak = createSpeakStore({ client, engine, shelf, playback })
  const microphone = createMicrophone()
  const recorder = { client, engine, shelf, playback, microphone, reader: readRecording }
  const voice = createVoiceStore({ ...recorder, speak })
  const listen = createListenStore({
    ...recorder,
    fetchExample: fetchExampleAudio,
  })
  const files = createFilesStore({ client, engine, shelf, reader: readRecording, listen })
  const reference = createReferenceStore({ client, engine, listen })
  const speaking = () => {
    const { temperature, cuts, seed } = speak.getState()
    return { temperature, cuts, seed }
  }
  const sayBack = createSayBackStore({ client, engine, listen, shelf, playback, speaking })
  const takes = createTakesStore({ client, engine, shelf, tokenizer: () => listen.getState().tokenizer })
  const grid = createGridStore({ client, engine, takes, speak, nowMs: () => performance.now() })
  const compare = createCompareStore({ takes, grid, shelf, playback, random: Math.random }, scope)
  const average = createAverageStore({ client, engine, takes, shelf, playback })
  const newSeed = () => 1 + Math.floor(Math.random() * SEED_MAX)
  const chances = createChancesStore({ client, engine, takes, listen, newSeed })
  const unitSounds = createUnitSounds({ client, engine, shelf, playback })
  const unitDigits = createUnitDigits({ client, engine })
  const linked = { client, engine, shelf, speak, takes, grid, chances, settings }
  const lessons = LESSONS.map(({ name }) => name)
  const link = createLinkStore({ ...linked, address, lessons, today: () => new Date() }, scope)
  link.open()
  const phones = createPhonesStore({ client, engine, speak }, scope)
  const stores = {
    phones,
    engine,
    speak,
    voice,
    link,
    listen,
    takes,
    grid,
    compare,
    average,
    chances,
    playback,
    settings,
  }
  return { ...stores, files, reference, sayBack, unitSounds, unitDigits, shelf }
}

/** After the first paint: the example and the catalogue at once, then the models, then the page itself is kept. */
export async function warmUp(services: Services): Promise<void> {
  const { engine, speak, listen, shelf, link } = services
  const example = { speak, shelf, fetchExample: fetchSpeakExample, fetchAudio: fetchExampleAudio }
  await Promise.all([
    engine.readCatalogue(),
    // It is the published models' work.
    models.isPublished ? showStoredExample(example) : undefined,
  ])
  // The catalogue may fail now and come with the models.
  once(
    engine,
    ({ catalogue }) => catalogue !== null,
    () => suitModels(services),
  )
  link.settle()
  once(
    engine,
    ({ report }) => report?.kept === true,
    () => void keepFromEviction(),
  )
  // Failures are in the engine's state; the page shows them there.
  await engine.ensure(listen.getState().tokenizer).catch(() => undefined)
  await keepForOffline()
}

/** Acts when the engine is so for the first time, at once if it is so already. */
function once(engine: EngineStore, isSo: (state: EngineState) => boolean, act: () => void): void {
  if (isSo(engine.getState())) {
    act()
    return
  }
  const stop = engine.subscribe((state) => {
    if (!isSo(state)) return
    stop()
    act()
  })
}
