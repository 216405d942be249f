/**
 * Owns: where the focus goes when what had it leaves the page: to the heir that it or a part around it names by id
 * (`data-heir="first-wish second-wish"`), else to the heading of the nearest part that is left. Else it would fall to the top
 * of the page, where nobody without a mouse wants to start over.
 */
import { useEffect } from 'react'
import { Scope } from '../scope'

const PARTS = 'section[aria-label], [role=row], [role=group], [role=tabpanel]'
const HEADINGS = ':is(:scope, :scope > header) > :is(h2, h3)'

/** @returns whether it took the focus */
function giveFocus(element: HTMLElement): boolean {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  // Nothing moves under a pointer; a keyboard's user sees where the focus is.
  element.focus({ preventScroll: true })
  if (element.matches(':focus-visible')) element.scrollIntoView({ block: 'nearest' })
  return document.activeElement === element
}

/** @param path the element that had the focus and all around it, from the inside out */
function inherit(path: readonly HTMLElement[]): void {
  for (const element of path) {
    for (const id of element.dataset.heir?.split(' ') ?? []) {
      const heir = document.getElementById(id)
      if (heir && giveFocus(heir)) return
    }
    if (!element.isConnected || !element.matches(PARTS)) continue
    if (giveFocus(element.querySelector<HTMLElement>(HEADINGS) ?? element)) return
  }
  // Its whole view has left: the one that came has the focus.
  const view = document.querySelector<HTMLElement>('[role=tabpanel]')
  if (view) giveFocus(view)
}

export function useFocusHeir(): void {
  useEffect(() => {
    const scope = new Scope()
    const root = document.getElementById('root')
    let path: readonly HTMLElement[] = []
    const isNowhere = () => document.activeElement === null || document.activeElement === document.body
    scope.listen(document, 'focusin', (event) => {
      // What lies over the page gives the focus back by itself.
      const isInPage = event.target instanceof Node && root?.contains(event.target)
      path = isInPage ? event.composedPath().filter((element) => element instanceof HTMLElement) : []
    })
    scope.listen(document, 'focusout', () => {
      // Let go on purpose, by a click beside it, while it is still there.
      setTimeout(() => {
        if (path[0]?.isConnected && isNowhere()) path = []
      })
    })
    const observer = new MutationObserver(() => {
      if (path.length === 0 || path[0].isConnected) return
      const lost = path
      path = []
      // A frame later, so that whoever takes the focus by itself comes first.
      requestAnimationFrame(() => isNowhere() && inherit(lost))
    })
    observer.observe(document.body, { childList: true, subtree: true })
    scope.add(() => observer.disconnect())
    return () => scope.dispose()
  }, [])
}
