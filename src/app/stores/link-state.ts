/**
 * Owns: the one way between the stores and a link's state. What is shown goes in as it is: the settings, and the take's
 * tokens as long as the take is what the settings say. Coming back, what this page lacks becomes the usual value, with a
 * note. Starts, plays and records nothing.
 */
import type { FittingModel } from '../../speech/links/fit'
import { fitState } from '../../speech/links/fit'
import { DEFAULT_STATE, type LinkState } from '../../speech/links/state'
import { isControlName } from '../words/controls'
import type { GridStore } from './grid-store'
import { MAX_SEEDS } from './grid-store'
import { VIEW_NAMES, type SettingsStore, type ViewName } from './settings-store'
import { SEED_MAX } from './speak-settings'
import type { SpeakStore } from './speak-store'

export interface LinkedStores {
  readonly speak: Pick<SpeakStore, 'getState' | 'setState'>
  readonly grid: Pick<GridStore, 'getState' | 'setState'>
  readonly settings: Pick<SettingsStore, 'getState' | 'setState'>
}

/** All but the take that is shown. */
export function storesToState({ speak, grid, settings }: LinkedStores): LinkState {
  const { text, phones, pronunciations, voice, moves, temperature, seed, cuts } = speak.getState()
  const { temperatures, seedCount, sharedNoise } = grid.getState()
  const { view, hidden, lesson } = settings.getState()
  const seeds = Array.from({ length: seedCount }, (_, i) => seed + i)
  return {
    ...DEFAULT_STATE,
    view,
    text,
    phones,
    pronunciations,
    voice,
    moves,
    temperature,
    cuts,
    hidden,
    lesson: lesson ?? undefined,
    grid: { temperatures, seeds, sharedNoise },
  }
}

export function stateToStores(state: LinkState, { speak, grid, settings }: LinkedStores): void {
  const { text, phones, pronunciations, voice, moves, temperature, cuts } = state
  const { temperatures, seeds, sharedNoise } = state.grid
  settings.setState({
    view: isView(state.view) ? state.view : 'speak',
    hidden: state.hidden.filter(isControlName),
    lesson: state.lesson ?? null,
  })
  const seed = seeds[0]
  speak.setState({ text, phones, pronunciations, voice, moves, temperature, seed, cuts, error: null })
  grid.setState({ temperatures, seedCount: seeds.length, sharedNoise })
}

/**
 * @param model undefined while it is not known yet
 * @param lessons names of the lessons there are
 * @returns the same state where all of it suits
 */
export function fitPage(
  state: LinkState,
  model: FittingModel | undefined,
  lessons: readonly string[],
): { readonly state: LinkState; readonly notes: readonly string[] } {
  const fitted = model ? fitState(state, model) : { state, notes: [] }
  const notes = [...fitted.notes]
  let { view, grid, lesson } = fitted.state
  if (!isView(view)) {
    notes.push(`The link opens “${view}”, which this page lacks, so Speak is open.`)
    view = DEFAULT_STATE.view
  }
  const { seeds } = grid
  const isRow = seeds.every((seed, i) => seed === seeds[0] + i) && seeds[0] >= 0 && seeds[0] <= SEED_MAX
  if (!isRow || seeds.length > MAX_SEEDS) {
    notes.push(
      `The link’s seeds should be up to ${MAX_SEEDS} in a row, from 0 to ${SEED_MAX}; the usual seeds are used.`,
    )
    grid = { ...grid, seeds: DEFAULT_STATE.grid.seeds }
  }
  if (lesson !== undefined && !lessons.includes(lesson)) {
    notes.push(`There is no lesson “${lesson}”.`)
    lesson = undefined
  }
  const unknown = state.hidden.filter((name) => !isControlName(name))
  if (unknown.length > 0) notes.push(`The link hides what this page lacks: ${unknown.join(', ')}.`)
  return { state: notes.length > 0 ? { ...fitted.state, view, grid, lesson } : state, notes }
}

const isView = (view: string): view is ViewName => VIEW_NAMES.some((name) => name === view)
