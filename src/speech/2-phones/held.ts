/**
 * Owns: phones whose length a person decided, as they are typed and kept: `AE1=8` is AE1 for eight units. Everywhere but
 * in what a person edits, the phone and its length stand apart.
 */
import { isHeldLength } from '../3-units/streams/speak'
import type { Phone } from '../3-units/vocabulary'

export interface HeldPhone {
  readonly phone: Phone
  readonly frames: number | null
}

export function holdPhone(phone: Phone, frames: number | null): Phone {
  return frames === null ? phone : `${phone}=${frames}`
}

/** A length that is none stays in the phone's name, where the vocabulary refuses it. */
export function splitHeld(typed: Phone): HeldPhone {
  const [, phone, digits] = /^([^=]+)=(\d{1,3})$/.exec(typed) ?? []
  const frames = Number(digits)
  if (phone === undefined || !isHeldLength(frames)) return { phone: typed, frames: null }
  return { phone, frames }
}

export const withoutHeld = (phones: readonly Phone[]): readonly Phone[] =>
  phones.map((typed) => splitHeld(typed).phone)
