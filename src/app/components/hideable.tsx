/** Owns: a part of the page that a lesson may leave out. */
import type { ReactNode } from 'react'
import { useSettings } from '../services-context'
import type { ControlName } from '../words/controls'

export function Hideable({ name, children }: { readonly name: ControlName; readonly children: ReactNode }) {
  const isHidden = useSettings((state) => state.hidden.includes(name))
  return isHidden ? null : children
}
