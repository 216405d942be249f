/**
 * Owns: the inside of one take, or of listening to one stretch of sound: the logits of every step, which step is in view,
 * and the sampling that a person tries on it. The logits stay here, so that trying costs no run of the model. What a
 * forced token leads to becomes a take of the takes store.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, type PlainError } from '../../speech/errors'
import { AS_THE_MODEL_THINKS, type SamplingOptions } from '../../speech/3-units/sampling'
import type { TokenId } from '../../speech/3-units/vocabulary'
import { pathToTake, type TakeId } from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { ChancesRequest } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'
import { untilAborted, type EngineStore } from './engine-store'
import type { ListenStore } from './listen-store'
import { rowsToSteps, type SeenStep } from './seen-steps'
import type { Take } from './speak-store'
import type { TakesStore } from './takes-store'
import type { Timeline } from './timeline'
import { createWork } from './work'

/** What was heard, as far as looking into it needs. */
export interface HeardSubject {
  readonly title: string
  readonly soundId: SoundId
  readonly timeline: Timeline
}

export type Subject =
  | { readonly kind: 'take'; readonly id: TakeId }
  | { readonly kind: 'heard'; readonly heard: HeardSubject }

export interface ChancesState {
  readonly subject: Subject | null
  /** `opening`: a spoken take gets its own sound and figures first. */
  readonly phase: 'idle' | 'opening' | 'loading' | 'branching'
  readonly steps: readonly SeenStep[]
  /** All steps of the subject were read. */
  readonly isWhole: boolean
  readonly step: number
  /** What is tried on the step in view. */
  readonly sampling: SamplingOptions
  /** The alternative that a person looks at; null: the drawn token. */
  readonly picked: TokenId | null
  readonly error: PlainError | null
}

export interface ChancesStore extends StoreApi<ChancesState> {
  open(subject: Subject): Promise<void>
  /** A take of the Speak view; it becomes one of the takes. */
  openSpoken(take: Take): Promise<void>
  goTo(step: number): void
  setSampling(sampling: Partial<SamplingOptions>): void
  pick(token: TokenId | null): void
  /** The picked token forced at the step in view. @returns the new take, which is opened */
  branch(noise: 'same' | 'new'): Promise<void>
  stop(): void
}

export interface ChancesPorts {
  readonly client: Pick<SpeechClient, 'chances' | 'branch'>
  readonly engine: EngineStore
  readonly takes: Pick<TakesStore, 'getState' | 'add' | 'adopt' | 'addTrace' | 'choose'>
  readonly listen: Pick<ListenStore, 'subscribe'>
  readonly newSeed: () => number
}

/** Over a minute and a half of speech; each step holds all logits, 4.5 kB. */
const MAX_STEPS = 5000

export function createChancesStore(ports: ChancesPorts): ChancesStore {
  const { client, engine, takes, listen, newSeed } = ports
  const nothing = { steps: [], isWhole: false, step: 0, picked: null, error: null } as const
  const store = createStore<ChancesState>(() => ({
    subject: null,
    phase: 'idle',
    sampling: AS_THE_MODEL_THINKS,
    ...nothing,
  }))
  const looking = createWork({
    failed: (error) => store.setState({ error }),
    ended: () => store.setState({ phase: 'idle' }),
  })

  function toRequest(subject: Subject): ChancesRequest['of'] {
    if (subject.kind === 'heard') return { kind: 'heard', units: subject.heard.timeline.units }
    const take = takes.getState().takes.get(subject.id)
    if (!take) throw new ConvergeError('option-invalid', 'This take is gone.', { take: subject.id })
    return { kind: 'take', take: take.data }
  }

  /** A take that branched with new noise had its parent's before. */
  function seedAt(subject: Subject, step: number): number | undefined {
    if (subject.kind === 'heard') return undefined
    const { tree, takes: all } = takes.getState()
    const owner = pathToTake(tree, subject.id).findLast(
      ({ origin }) => origin.kind === 'draw' || step >= origin.step,
    )
    return owner && all.get(owner.id)?.data.seed
  }

  function work(phase: ChancesState['phase'], job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return looking.run((signal) => {
      store.setState({ phase, error: null })
      return job(signal)
    })
  }

  async function read(subject: Subject, step: number, signal: AbortSignal): Promise<void> {
    const of = toRequest(subject)
    const count = of.kind === 'take' ? of.take.units.length + of.take.durationsFrames.length : of.units.length
    const taken = of.kind === 'take' ? of.take.sampling : AS_THE_MODEL_THINKS
    takes.choose(subject.kind === 'take' ? subject.id : null)
    store.setState({ subject, phase: 'loading', ...nothing, step, sampling: taken })
    if (count > MAX_STEPS) {
      const message = `This has ${count} steps; at most ${MAX_STEPS} can be looked into. Take a shorter text.`
      throw new ConvergeError('option-invalid', message, { wanted: MAX_STEPS, found: count })
    }
    await untilAborted(engine.ensure('any'), signal)
    const size = engine.getState().catalogue?.vocabulary.size
    if (size === undefined) throw new ConvergeError('model-missing', 'The list of tokens is not there yet.')
    await client.chances(
      { of },
      (message) => {
        if (message.type !== 'thought' || signal.aborted) return
        const task = subject.kind === 'take' ? 'speak' : 'listen'
        const news = rowsToSteps(message.steps, task, size, (at) => seedAt(subject, at))
        store.setState(({ steps }) => ({ steps: [...steps, ...news] }))
      },
      signal,
    )
    signal.throwIfAborted()
    store.setState({ isWhole: true })
    if (subject.kind === 'heard') return
    const { steps } = store.getState()
    takes.addTrace(subject.id, {
      probabilities: steps.map(({ surpriseNats }) => Math.exp(-surpriseNats)),
      entropiesNats: steps.map(({ entropyNats }) => entropyNats),
    })
  }

  // The sound of the recording before is gone.
  listen.subscribe(({ recording }) => {
    const { subject, phase } = store.getState()
    if (subject?.kind !== 'heard' || subject.heard.soundId === recording?.soundId) return
    if (phase === 'loading') looking.stop()
    store.setState({ subject: null, ...nothing })
  })

  return {
    ...store,
    open: (subject) => work('loading', (signal) => read(subject, 0, signal)),
    openSpoken: (take) =>
      work('opening', async (signal) => {
        const id = await untilAborted(takes.adopt(take), signal)
        await read({ kind: 'take', id }, 0, signal)
      }),
    goTo(step) {
      const last = store.getState().steps.length - 1
      store.setState({ step: Math.max(0, Math.min(last, step)), picked: null })
    },
    setSampling: (sampling) => store.setState((state) => ({ sampling: { ...state.sampling, ...sampling } })),
    pick: (picked) => store.setState({ picked }),
    branch: (kind) =>
      work('branching', async (signal) => {
        const { subject, step, steps, picked } = store.getState()
        const parent = subject?.kind === 'take' ? takes.getState().takes.get(subject.id) : undefined
        if (!parent || !steps[step]) return
        const noise = kind === 'same' ? ({ kind } as const) : ({ kind, seed: newSeed() } as const)
        const branch = { step, token: picked ?? steps[step].drawn, noise }
        const drawn = await client.branch({ take: parent.data, branch }, undefined, signal)
        signal.throwIfAborted()
        const { text, plan, settings } = parent
        const id = await takes.add(
          { kind: 'branch', parent: parent.id, ...branch },
          { text, plan, settings },
          drawn,
        )
        signal.throwIfAborted()
        await read({ kind: 'take', id }, step, signal)
      }),
    stop: looking.stop,
  }
}
