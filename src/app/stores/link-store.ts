/**
 * Owns: the page's link: the address is read once and whenever it changes, and written when the page has changed, at most
 * every 350 ms (browsers limit how often a page may write it). What was not believed is kept as lines to be read out.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { linkToState, stateToLink, type ReadLink } from '../../speech/links/link'
import { DEFAULT_STATE, type LinkState } from '../../speech/links/state'
import type { Address } from '../ports/address'
import type { Scope } from '../scope'
import { toCitation } from '../words/citation'
import { fitPage, stateToStores, storesToState } from './link-state'
import { findLinkedTake, NO_TAKE, restoreTake, type LinkedTakePorts, type Restored } from './linked-take'
import { isSameWish } from './speak-settings'
import { createWork } from './work'

const WRITE_INTERVAL_MS = 350

export interface PageLinkState {
  /** What the link asked for and did not get, a line each. */
  readonly notes: readonly string[]
  /** What became of the last copying. */
  readonly copied: string | null
}

export interface LinkStore extends StoreApi<PageLinkState> {
  /** Reads the address: before the first paint. */
  open(): void
  /** The example is on screen and the models may load: a take comes back, and changes are written from now on. */
  settle(): void
  copyLink(): Promise<void>
  copyCitation(): Promise<void>
  dismiss(): void
}

export interface LinkPorts extends LinkedTakePorts {
  readonly address: Address
  readonly lessons: readonly string[]
  readonly today: () => Date
}

export function createLinkStore(ports: LinkPorts, scope: Scope): LinkStore {
  const { speak, takes, grid, chances, settings, engine, address } = ports
  const store = createStore<PageLinkState>(() => ({ notes: [], copied: null }))
  let isSettled = false
  let opened: ReadLink | undefined
  /** What stands in the address. */
  let written = ''
  /** The link whose take is on its way. */
  let coming: LinkState | null = null
  let restored: Restored | null = null
  const restoring = createWork({
    failed: ({ message }) => store.setState(({ notes }) => ({ notes: [...notes, message] })),
    ended() {
      coming = null
      schedule()
    },
  })
  let timer: ReturnType<typeof setTimeout> | undefined

  /** undefined where the page is more than a link can hold. */
  function toLink(): string | undefined {
    const state = storesToState(ports)
    const now = speak.getState()
    const isComing = coming !== null && isSameWish(now, { ...now, ...wishOf(coming) })
    const { tokens, chosen, branches, step } = isComing && coming ? coming : findLinkedTake(ports, restored)
    for (const take of [{ tokens, chosen, branches, step }, NO_TAKE]) {
      try {
        return stateToLink({ ...state, ...take })
      } catch {
        // Too long with the take; perhaps not without.
      }
    }
    return undefined
  }

  function write(): string | undefined {
    clearTimeout(timer)
    timer = undefined
    const link = toLink()
    if (link !== undefined && link !== written) {
      written = link
      address.write(link)
    }
    return link
  }

  function schedule(): void {
    if (isSettled) timer ??= setTimeout(write, WRITE_INTERVAL_MS)
  }

  function apply(read: ReadLink): void {
    const { state, notes } = fitPage(read.state, engine.getState().catalogue?.model, ports.lessons)
    stateToStores(state, ports)
    store.setState({ notes: [...read.notes, ...notes] })
    coming = state.tokens ? state : null
  }

  function open(): void {
    const link = address.read()
    written = link
    opened = link === '' ? undefined : linkToState(link)
    if (opened) apply(opened)
  }

  async function bringBack(): Promise<void> {
    restoring.stop()
    const link = coming
    if (!link) return
    await restoring.run(async (signal) => {
      restored = await restoreTake(ports, link, signal)
    })
  }

  /** Somebody followed a link within the page, or changed the address. */
  function follow(): void {
    if (address.read() === written) return
    speak.stop()
    open()
    void bringBack()
  }

  async function copy(link: string | undefined, toText: (url: string) => string, what: string) {
    store.setState({ copied: null })
    if (link === undefined) {
      store.setState({
        copied: 'This is more than a link can hold. Take a shorter text, or fewer pronunciations.',
      })
      return
    }
    const isCopied = await address.copy(toText(address.toUrl(link)))
    const refused = 'The browser does not let this page copy. Take the link from the address bar.'
    store.setState({ copied: isCopied ? `${what} is on the clipboard.` : refused })
  }

  scope.add(() => clearTimeout(timer))
  return {
    ...store,
    open,
    settle() {
      if (isSettled) return
      isSettled = true
      // A link may have been followed before anybody listened to the address.
      if (address.read() !== written) {
        speak.stop()
        open()
      }
      const model = engine.getState().catalogue?.model
      // Now that the model is known; a person may have typed meanwhile, so only what does not suit it is set anew.
      if (opened && fitPage(opened.state, model, ports.lessons).state !== opened.state) apply(opened)
      // The page as it is when nobody has touched it needs no link.
      const example = speak.getState().takes.find(({ isStored }) => isStored)
      const pristine = stateToLink({ ...DEFAULT_STATE, text: example?.text ?? '' })
      if (!opened && toLink() === pristine) written = pristine
      for (const each of [speak, takes, grid, chances, settings]) scope.add(each.subscribe(schedule))
      address.onChange(follow, scope)
      schedule()
      void bringBack()
    },
    copyLink: () => copy(write(), (url) => url, 'The link'),
    copyCitation: () =>
      copy(write(), (url) => toCitation(speak.getState(), url, ports.today()), 'The citation'),
    dismiss: () => store.setState({ notes: [], copied: null }),
  }
}

/** What `isSameWish` compares. */
function wishOf({ text, phones, pronunciations, voice, moves, cuts }: LinkState) {
  return { text, phones, pronunciations, voice, moves, cuts }
}
