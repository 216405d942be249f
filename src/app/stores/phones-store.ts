/**
 * Owns: the phones editor: what the text became, the word that is being edited, and the ways to say it. What a person
 * decides goes into the settings of the next take: a pronunciation for every place of the word, or the phones of this
 * text. Asks the worker only while the editor is open.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PlainError } from '../../speech/errors'
import { withoutHeld } from '../../speech/2-phones/held'
import { parsePhones } from '../../speech/2-phones/phones-text'
import type { Phone } from '../../speech/3-units/vocabulary'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan, SpokenWord, WordReading } from '../../workers/protocol'
import type { Scope } from '../scope'
import { untilAborted, type EngineStore } from './engine-store'
import { replaceWord, setPause, wordPhones, type Pause } from './phones-edit'
import { toWanted } from './speak-settings'
import type { SpeakState, SpeakStore } from './speak-store'
import { createWork } from './work'

export interface PhonesState {
  readonly isOpen: boolean
  readonly isPlanning: boolean
  readonly plan: SpeakPlan | null
  /** Index of the word that is being edited. */
  readonly picked: number | null
  /** Its phones, as they are being edited. */
  readonly draft: readonly Phone[]
  /** null while they are not there. */
  readonly readings: readonly WordReading[] | null
  readonly error: PlainError | null
}

export interface PhonesStore extends StoreApi<PhonesState> {
  open(isOpen: boolean): void
  pick(index: number | null): void
  setDraft(phones: readonly Phone[]): void
  /** The picked word is said like the draft, wherever it stands, as long as the page is open. */
  sayEverywhere(): void
  sayHere(): void
  forget(word: string): void
  pause(pause: Pause): void
  /** All phones at once. @throws ConvergeError `phones-invalid` */
  setLine(text: string): void
  /** What the text says counts again. */
  resetLine(): void
}

export interface PhonesPorts {
  readonly client: Pick<SpeechClient, 'plan' | 'readWord'>
  readonly engine: EngineStore
  readonly speak: Pick<SpeakStore, 'getState' | 'setState' | 'subscribe'>
}

/** After the last letter that is typed. */
const PLAN_DELAY_MS = 350
/** A plan of more would only be a wall of phones. */
export const MAX_EDITED_CHARACTERS = 2_000
const NOTHING_PICKED = { picked: null, draft: [], readings: null } as const

/** Makes the same plan. */
const isSame = (a: SpeakState, b: SpeakState) =>
  a.text === b.text && a.phones === b.phones && a.pronunciations === b.pronunciations

export function createPhonesStore({ client, engine, speak }: PhonesPorts, scope: Scope): PhonesStore {
  const store = createStore<PhonesState>(() => ({
    isOpen: false,
    isPlanning: false,
    plan: null,
    ...NOTHING_PICKED,
    error: null,
  }))
  const planning = createWork({
    failed: (error) => store.setState({ plan: null, error, ...NOTHING_PICKED }),
    ended: () => store.setState({ isPlanning: false }),
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What the plan is of. */
  let planned: SpeakState | undefined

  async function makePlan(): Promise<void> {
    planning.stop()
    const wished = speak.getState()
    const { text, phones, pronunciations } = toWanted(wished)
    if ((text.trim() === '' && !phones) || text.length > MAX_EDITED_CHARACTERS) {
      store.setState({ plan: null, isPlanning: false, ...NOTHING_PICKED, error: null })
      return
    }
    store.setState({ isPlanning: true, error: null })
    await planning.run(async (signal) => {
      await untilAborted(engine.ensure('any'), signal)
      const wish = { text, ...(phones && { phones }), ...(pronunciations && { pronunciations }) }
      const plan = await client.plan(wish, undefined, signal)
      const { picked, plan: before } = store.getState()
      store.setState({ plan })
      planned = wished
      const isThere = picked !== null && plan.words[picked]?.word === before?.words[picked]?.word
      pick(isThere ? picked : null, true)
    })
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void makePlan(), delayMs)
  }

  function pick(index: number | null, keepsReadings = false): void {
    const { plan, readings } = store.getState()
    const word = index === null ? undefined : plan?.words[index]
    if (!plan || !word) {
      store.setState(NOTHING_PICKED)
      return
    }
    store.setState({
      picked: index,
      draft: wordPhones(plan, word),
      readings: keepsReadings ? readings : null,
    })
    if (!keepsReadings || readings === null) void read(word)
  }

  async function read({ word, origin }: SpokenWord): Promise<void> {
    // Letters are named one by one; nobody reads them otherwise.
    const readings = origin === 'letters' ? [] : await askForReadings(word).catch(() => [])
    if (pickedWord()?.word === word) store.setState({ readings })
  }

  async function askForReadings(word: string): Promise<readonly WordReading[]> {
    // The worker that made the plan may be gone.
    await engine.ensure('any')
    return client.readWord({ word })
  }

  function pickedWord(): SpokenWord | undefined {
    const { plan, picked } = store.getState()
    return picked === null ? undefined : plan?.words[picked]
  }

  /** Nothing where the plan is of another text than stands there now: its phones would be said instead of that. */
  function edit(change: (plan: SpeakPlan, word: SpokenWord) => readonly Phone[]): void {
    const { plan } = store.getState()
    const word = pickedWord()
    if (plan && word && planned && isSame(planned, speak.getState()))
      speak.setState({ phones: change(plan, word) })
  }

  scope.add(
    speak.subscribe((state, before) => {
      if (!store.getState().isOpen || isSame(state, before)) return
      schedule(state.text === before.text ? 0 : PLAN_DELAY_MS)
    }),
  )
  scope.add(() => clearTimeout(timer))

  return {
    ...store,
    open(isOpen) {
      store.setState({ isOpen })
      if (isOpen) void makePlan()
      else clearTimeout(timer)
    },
    pick: (index) => pick(index),
    setDraft: (draft) => store.setState({ draft }),
    sayEverywhere() {
      const word = pickedWord()
      const { draft } = store.getState()
      if (!word || draft.length === 0) return
      const { pronunciations } = speak.getState()
      // Phones edited for this text would hide it.
      // A length is that of one place.
      const said = withoutHeld(draft)
      speak.setState({ pronunciations: new Map(pronunciations).set(word.word, said), phones: undefined })
    },
    sayHere() {
      const { draft } = store.getState()
      if (draft.length > 0) edit((plan, word) => replaceWord(plan, word, draft))
    },
    forget(word) {
      const pronunciations = new Map(speak.getState().pronunciations)
      pronunciations.delete(word)
      speak.setState({ pronunciations })
    },
    pause: (pause) => edit((plan, word) => setPause(plan, word, pause)),
    setLine: (text) => speak.setState({ phones: parsePhones(text) }),
    resetLine: () => speak.setState({ phones: undefined }),
  }
}
