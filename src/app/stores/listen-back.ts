/**
 * Owns: listening back to takes, one after the other, when asked: what was heard stands with the take. One that fails is
 * told and left out. The takes store keeps the queue; it is empty exactly while nothing is listened to.
 */
import type { StoreApi } from 'zustand/vanilla'
import { toPlainError } from '../../speech/errors'
import type { TakeId } from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { TokenizerName } from '../../workers/protocol'
import type { SoundShelf } from '../sound-shelf'
import { untilAborted, type EngineStore } from './engine-store'
import type { TakesState } from './takes-state'
import { createWork } from './work'

export interface ListenBack {
  check(this: void, ids: readonly TakeId[]): Promise<void>
  stopChecking(this: void): void
}

export interface ListenBackPorts {
  readonly client: Pick<SpeechClient, 'roundTrip'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'source'>
  readonly tokenizer: () => TokenizerName
  readonly store: Pick<StoreApi<TakesState>, 'getState' | 'setState'>
}

export function createListenBack(ports: ListenBackPorts): ListenBack {
  const { client, engine, shelf, store } = ports
  const listening = createWork({
    failed: (error) => store.setState({ error }),
    ended: () => store.setState({ checking: [] }),
  })

  async function checkOne(id: TakeId, tokenizer: TokenizerName, signal: AbortSignal): Promise<void> {
    const take = store.getState().takes.get(id)
    const source = take && shelf.source(take.soundId)
    if (!take || !source || take.roundTrip) return
    const roundTrip = await client.roundTrip(
      {
        utterances: take.data.utterances,
        words: take.plan.words.map(({ word }) => word),
        samples: source.read(0, source.lengthSamples()),
        tokenizer,
      },
      undefined,
      signal,
    )
    signal.throwIfAborted()
    // It may have been removed, or looked into, meanwhile.
    const { takes } = store.getState()
    const now = takes.get(id)
    if (now) store.setState({ takes: new Map(takes).set(id, { ...now, roundTrip }) })
  }

  async function checkAll(signal: AbortSignal): Promise<void> {
    const first = () => store.getState().checking.at(0)
    for (let id = first(); id !== undefined; id = first()) {
      const tokenizer = ports.tokenizer()
      await untilAborted(engine.ensure(tokenizer), signal)
      try {
        await checkOne(id, tokenizer, signal)
      } catch (thrown) {
        const error = toPlainError(thrown)
        if (signal.aborted || error.code === 'worker-stopped') throw thrown
        store.setState({ error })
      }
      store.setState(({ checking }) => ({ checking: checking.filter((each) => each !== id) }))
    }
  }

  return {
    async check(ids) {
      const { checking, takes } = store.getState()
      const news = ids.filter((id) => !checking.includes(id) && takes.get(id)?.roundTrip === null)
      store.setState({ checking: [...checking, ...news], error: null })
      if (checking.length === 0 && news.length > 0) await listening.run(checkAll)
    },
    stopChecking() {
      listening.stop()
      store.setState({ checking: [] })
    },
  }
}
