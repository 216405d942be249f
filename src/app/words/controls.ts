/** Owns: the parts of the page that a lesson may leave out, by the names that links use. */
export const CONTROLS = {
  examples: 'Example sentences',
  voice: 'Choice of the voice',
  temperature: 'Temperature',
  seed: 'Seed',
  shape: 'Shape the voice',
  phones: 'Phones editor',
  take: 'The take that was spoken',
  takes: 'Grid of takes',
  listen: 'Listen tab',
  chances: 'Chances tab',
  engine: 'Line about the models',
} as const

export type ControlName = keyof typeof CONTROLS

export const CONTROL_NAMES = Object.keys(CONTROLS).filter(isControlName)

export function isControlName(name: string): name is ControlName {
  return Object.hasOwn(CONTROLS, name)
}
