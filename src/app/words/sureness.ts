/** Owns: how sure a word is, in four steps that have a name, a line under them and a colour. */
export type Sureness = 'sure' | 'likely' | 'unsure' | 'guess'

export const SURENESSES: readonly (readonly [name: Sureness, atLeast: number, label: string])[] = [
  ['sure', 0.8, '80 % or more'],
  ['likely', 0.5, '50 to 80 %'],
  ['unsure', 0.25, '25 to 50 %'],
  ['guess', 0, 'below 25 %'],
]

export function toSureness(probability: number): Sureness {
  return SURENESSES.find(([, atLeast]) => probability >= atLeast)?.[0] ?? 'guess'
}
