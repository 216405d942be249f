/** Owns: how components reach the services. The value never changes, so nothing is drawn again because of it. */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { AverageState } from './stores/average-store'
import type { ChancesState } from './stores/chances-store'
import type { CompareState } from './stores/compare-store'
import type { EngineState } from './stores/engine-store'
import type { FilesState } from './stores/files-state'
import type { GridState } from './stores/grid-store'
import type { PageLinkState } from './stores/link-store'
import type { ListenState } from './stores/listen-state'
import type { PhonesState } from './stores/phones-store'
import type { PlaybackState } from './stores/playback-store'
import type { ReferenceState } from './stores/reference-store'
import type { SayBackState } from './stores/say-back-store'
import type { SettingsState } from './stores/settings-store'
import type { SpeakState } from './stores/speak-store'
import type { TakesState } from './stores/takes-state'
import type { VoiceState } from './stores/voice-store'
import type { Services } from './services'

const ServicesContext = createContext<Services | null>(null)
export const ServicesProvider = ServicesContext.Provider

export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('no ServicesProvider above this component')
  return services
}

export const useEngine = <Value>(select: (state: EngineState) => Value) =>
  useStore(useServices().engine, select)
export const useSpeak = <Value>(select: (state: SpeakState) => Value) => useStore(useServices().speak, select)
export const useVoice = <Value>(select: (state: VoiceState) => Value) => useStore(useServices().voice, select)
export const useLink = <Value>(select: (state: PageLinkState) => Value) =>
  useStore(useServices().link, select)
export const usePhones = <Value>(select: (state: PhonesState) => Value) =>
  useStore(useServices().phones, select)
export const useListen = <Value>(select: (state: ListenState) => Value) =>
  useStore(useServices().listen, select)
export const usePlayback = <Value>(select: (state: PlaybackState) => Value) =>
  useStore(useServices().playback, select)
export const useSettings = <Value>(select: (state: SettingsState) => Value) =>
  useStore(useServices().settings, select)
export const useFiles = <Value>(select: (state: FilesState) => Value) => useStore(useServices().files, select)
export const useReference = <Value>(select: (state: ReferenceState) => Value) =>
  useStore(useServices().reference, select)
export const useSayBack = <Value>(select: (state: SayBackState) => Value) =>
  useStore(useServices().sayBack, select)
export const useTakes = <Value>(select: (state: TakesState) => Value) => useStore(useServices().takes, select)
export const useGrid = <Value>(select: (state: GridState) => Value) => useStore(useServices().grid, select)
export const useCompare = <Value>(select: (state: CompareState) => Value) =>
  useStore(useServices().compare, select)
export const useChances = <Value>(select: (state: ChancesState) => Value) =>
  useStore(useServices().chances, select)
export const useAverage = <Value>(select: (state: AverageState) => Value) =>
  useStore(useServices().average, select)
