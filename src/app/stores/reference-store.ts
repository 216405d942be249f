/**
 * Owns: what was really said, as a person gives it, and how wrong that makes what was heard. Measured anew when either
 * changes, by the worker, which knows the words' phones.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PlainError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import type { MeasureResult } from '../../workers/protocol'
import { untilAborted, type EngineStore } from './engine-store'
import type { ListenStore } from './listen-store'
import { createWork } from './work'

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
  const measuring = createWork({
    failed: (error) => store.setState({ ...NOTHING, error }),
    ended: () => store.setState({ phase: 'idle' }),
  })

  async function measure(): Promise<void> {
    measuring.stop()
    const { text: reference } = store.getState()
    const { result } = listen.getState()
    if (!result || reference.trim() === '') {
      store.setState(NOTHING)
      return
    }
    store.setState({ phase: 'measuring', error: null })
    await measuring.run(async (signal) => {
      await untilAborted(engine.ensure('any'), signal)
      const phones = result.phones.map(({ phone }) => phone)
      const call = { reference, text: result.text, phones }
      store.setState({ measured: await client.measure(call, undefined, signal) })
    })
  }

  listen.subscribe((state, before) => {
    if (state.recording !== before.recording)
      store.setState({ text: state.recording?.said ?? '', ...NOTHING })
    if (state.result !== before.result) void measure()
  })

  return {
    ...store,
    measure,
    setText(text) {
      measuring.stop()
      store.setState({ text, ...NOTHING })
    },
  }
}
