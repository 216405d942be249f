/** Owns: how components reach the services. The value never changes, so nothing is drawn again because of it. */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { EngineState } from './stores/engine-store'
import type { ListenState } from './stores/listen-state'
import type { PlaybackState } from './stores/playback-store'
import type { SettingsState } from './stores/settings-store'
import type { SpeakState } from './stores/speak-store'
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
export const useListen = <Value>(select: (state: ListenState) => Value) =>
  useStore(useServices().listen, select)
export const usePlayback = <Value>(select: (state: PlaybackState) => Value) =>
  useStore(useServices().playback, select)
export const useSettings = <Value>(select: (state: SettingsState) => Value) =>
  useStore(useServices().settings, select)
