/**
 * Owns: what was really said, as a person gives it, and how wrong that makes what was heard. Measured anew when either
 * changes, by the worker, which knows the words' phones.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toPlainError, type PlainError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import type { MeasureResult } from '../../workers/protocol'
import type { EngineStore } from './engine-store'
import type { ListenStore } from './listen-store'

export interface ReferenceState {
  readonly text: string
  readonly phase: 'idle' | 'measuring'
  readonly measured: MeasureResult | null
  readonly error: PlainError | null
}

export interface ReferenceStore extends StoreApi<ReferenceState> {
  setText(text: string): void
  measure(): Promise<void>
}

interface ReferencePorts {
  readonly client: Pick<SpeechClient, 'measure'>
  readonly engine: Pick<EngineStore, 'ensure'>
  readonly listen: Pick<ListenStore, 'getState' | 'subscribe'>
}

const NOTHING = { phase: 'idle', measured: null, error: null } as const

export function createReferenceStore({ client, engine, listen }: ReferencePorts): ReferenceStore {
  const store = createStore<ReferenceState>(() => ({ text: '', ...NOTHING }))
  let abort: AbortController | undefined

  async function measure(): Promise<void> {
    abort?.abort()
    const { text: reference } = store.getState()
    const { result } = listen.getState()
    if (!result || reference.trim() === '') {
      store.setState(NOTHING)
      return
    }
    const current = new AbortController()
    abort = current
    store.setState({ phase: 'measuring', error: null })
    try {
      await engine.ensure('any')
      const phones = result.phones.map(({ phone }) => phone)
      const call = { reference, text: result.text, phones }
      const measured = await client.measure(call, undefined, current.signal)
      if (abort === current) store.setState({ phase: 'idle', measured })
    } catch (thrown) {
      const error = toPlainError(thrown)
      if (abort === current && error.code !== 'cancelled') store.setState({ ...NOTHING, error })
    }
  }

  listen.subscribe((state, before) => {
    if (state.recording !== before.recording)
      store.setState({ text: state.recording?.said ?? '', ...NOTHING })
    if (state.result !== before.result) void measure()
  })

  return {
    ...store,
    measure,
    setText: (text) => store.setState({ text, ...NOTHING }),
  }
}
