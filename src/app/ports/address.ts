/** Owns: the page's address: the part behind #, written without a step in the history, and the clipboard. */
import type { Scope } from '../scope'

export interface Address {
  /** Without #. */
  read(): string
  write(link: string): void
  /** When a link within the page is followed, or the address is edited. */
  onChange(listener: () => void, scope: Scope): void
  /** Whole, for somebody else. */
  toUrl(link: string): string
  /** @returns false where the browser refuses */
  copy(text: string): Promise<boolean>
}

export const address: Address = {
  read: () => location.hash.slice(1),
  write: (link) => history.replaceState(history.state, '', `${location.pathname}${location.search}#${link}`),
  onChange: (listener, scope) => void scope.listen(window, 'hashchange', listener),
  toUrl: (link) => `${location.origin}${location.pathname}${location.search}#${link}`,
  copy: (text) =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => true,
        () => false,
      ),
}
