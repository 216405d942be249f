/**
 * Owns: the take that a link carries: which one it is, and how it comes back. Its tokens travel, so that it is the same on
 * every engine; where it was drawn or branched is told beside them, as provenance.
 */
import { ConvergeError } from '../../speech/errors'
import { DEFAULT_STATE, type LinkState } from '../../speech/links/state'
import { gridCells } from '../../speech/takes/grid'
import { pathToTake, type TakeId } from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan, TakeData } from '../../workers/protocol'
import type { ChancesStore } from './chances-store'
import { isTooLarge, type GridStore } from './grid-store'
import type { SettingsStore } from './settings-store'
import { isSameWish, toSettings, toWanted, type SpeakSettings } from './speak-settings'
import type { SpeakStore } from './speak-store'
import { timelineToTokens, tokensToSpokenTake, toTakeData, type TokensPorts } from './take-data'
import type { TakesStore } from './takes-store'

export type LinkedTake = Pick<LinkState, 'tokens' | 'chosen' | 'branches' | 'step'>

export const NO_TAKE: LinkedTake = {
  tokens: undefined,
  chosen: undefined,
  branches: [],
  step: undefined,
}

/** A take that came with a link has no parents here; what the link said of them is kept. */
export interface Restored {
  readonly id: TakeId
  readonly from: Pick<LinkedTake, 'chosen' | 'branches'>
}

export interface LinkedTakePorts extends TokensPorts {
  readonly client: Pick<SpeechClient, 'plan' | 'sound'>
  readonly speak: SpeakStore
  readonly takes: TakesStore
  readonly grid: GridStore
  readonly chances: ChancesStore
  readonly settings: SettingsStore
}

/** What is on screen, if the settings still say it. */
export function findLinkedTake(ports: LinkedTakePorts, restored: Restored | null): LinkedTake {
  const { speak, takes, settings } = ports
  const { takes: spoken, shown } = speak.getState()
  const { chosen } = takes.getState()
  const take = spoken.find(({ soundId }) => soundId === shown)
  const isSpoken = take && !take.isStored && isSame(take, speak.getState())
  const isInside = settings.getState().view === 'chances'
  if (chosen !== null && (isInside || !isSpoken)) return findChosen(ports, chosen, restored)
  return isSpoken ? { ...NO_TAKE, tokens: timelineToTokens(take.timeline) } : NO_TAKE
}

function isSame(take: SpeakSettings, now: SpeakSettings): boolean {
  return take.temperature === now.temperature && take.seed === now.seed && isSameWish(take, now)
}

function findChosen(ports: LinkedTakePorts, id: TakeId, restored: Restored | null): LinkedTake {
  const { speak, takes, chances, settings } = ports
  const { tree, takes: all } = takes.getState()
  const take = all.get(id)
  const now = speak.getState()
  if (!take || !isSameWish(take.settings, now)) return NO_TAKE
  const path = pathToTake(tree, id)
  const root = path[0]
  const isRestored = root.id === restored?.id
  const from = isRestored ? restored.from : { chosen: cellOf(ports, root.id), branches: [] }
  const isNow = isRestored ? take.settings.seed === now.seed : isDrawnSo(all.get(root.id)?.data, now)
  if (!from.chosen && !isNow) return NO_TAKE
  const branches = path.flatMap(({ origin }) => {
    if (origin.kind !== 'branch') return []
    const { step, token, noise } = origin
    return [{ step, token, noise }]
  })
  const { subject, step } = chances.getState()
  const isInside = settings.getState().view === 'chances' && subject?.kind === 'take' && subject.id === id
  const { units, durationsFrames } = take.data
  return {
    tokens: { units, durationsFrames },
    chosen: from.chosen,
    branches: [...from.branches, ...branches],
    step: isInside && step > 0 ? step : undefined,
  }
}

/** Where a take stands in the grid that the settings describe now. */
function cellOf({ speak, grid }: LinkedTakePorts, id: TakeId): LinkedTake['chosen'] {
  const { cells, ids, temperatures, seedCount, sharedNoise } = grid.getState()
  const cell = cells[ids.indexOf(id)]
  if (!cell || isTooLarge(grid.getState())) return undefined
  const { seed } = speak.getState()
  const seeds = Array.from({ length: seedCount }, (_, i) => seed + i)
  const now = gridCells({ temperatures, seeds, sharedNoise })
  const isThere = now.some(
    (each) =>
      each.row === cell.row &&
      each.column === cell.column &&
      each.temperature === cell.temperature &&
      each.seed === cell.seed,
  )
  return isThere ? { row: cell.row, column: cell.column } : undefined
}

/** Whether speaking now would draw this take. */
function isDrawnSo(data: TakeData | undefined, { seed, temperature }: SpeakSettings): boolean {
  return data?.seed === seed && data.soundSeed === seed && data.sampling.temperature === temperature
}

/**
 * Puts the take of a link on screen. The language model doesn't run.
 * @returns what has to be remembered of a take that was drawn in a grid
 * @throws ConvergeError `units-invalid` where the tokens are none of the text's
 */
export async function restoreTake(
  ports: LinkedTakePorts,
  state: LinkState,
  signal: AbortSignal,
): Promise<Restored | null> {
  const { client, engine, speak, takes, chances } = ports
  const { tokens, view, step = 0 } = state
  if (!tokens) return null
  await engine.ensure('any')
  const settings = toSettings(speak.getState())
  const { text, phones, pronunciations } = toWanted(settings)
  const wish = { text, ...(phones && { phones }), ...(pronunciations && { pronunciations }) }
  const plan = await client.plan(wish, undefined, signal)
  if (plan.phones.length !== tokens.durationsFrames.length) {
    throw new ConvergeError(
      'units-invalid',
      'The link’s tokens are not of its text; the take can be drawn again from its seed.',
      { phones: plan.phones.length, durations: tokens.durationsFrames.length },
    )
  }
  let restored: Restored | null = null
  if (state.chosen || state.branches.length > 0)
    restored = await addChosen(ports, state, settings, plan, signal)
  else {
    const take = await tokensToSpokenTake(ports, settings, plan, tokens, signal)
    speak.addTake(take)
    if (view === 'chances') restored = { id: await takes.adopt(take), from: NO_TAKE }
  }
  signal.throwIfAborted()
  if (!restored) return null
  takes.choose(restored.id)
  if (view === 'chances') {
    const subject = { kind: 'take', id: restored.id } as const
    await chances.open(subject)
    if (chances.getState().subject === subject) chances.goTo(step)
  }
  return restored
}

async function addChosen(
  { client, takes, grid }: LinkedTakePorts,
  state: LinkState,
  settings: SpeakSettings,
  plan: SpeakPlan,
  signal: AbortSignal,
): Promise<Restored> {
  const { chosen, branches, tokens = { units: [], durationsFrames: [] } } = state
  const cells = gridCells(state.grid)
  const at = chosen
    ? cells.findIndex(({ row, column }) => row === chosen.row && column === chosen.column)
    : -1
  const { temperature, seed, soundSeed } = cells[at] ?? { ...settings, soundSeed: settings.seed }
  const noise = branches.findLast((branch) => branch.noise.kind === 'new')?.noise
  const seeds = noise?.kind === 'new' ? { seed: noise.seed, soundSeed: noise.seed } : { seed, soundSeed }
  const take = toTakeData({ ...settings, temperature, seed: seeds.seed }, plan, tokens, seeds.soundSeed)
  const sound = await client.sound({ take }, undefined, signal)
  const trace = { probabilities: [], entropiesNats: [] }
  const origin = { kind: 'draw', seed, temperature } as const
  const id = await takes.add(origin, { text: settings.text, plan, settings }, { take, trace, sound })
  if (at >= 0) {
    const ids = cells.map((_, i) => (i === at ? id : null))
    grid.setState({ cells, ids, frames: cells.map(() => 0) })
  }
  const last = branches[branches.length - 1]
  const { name } = takes.getState().tree.nodes.find((node) => node.id === id) ?? { name: '' }
  if (last) takes.rename(id, `${name}, branch at ${last.step}`)
  return { id, from: { chosen: at >= 0 ? chosen : DEFAULT_STATE.chosen, branches } }
}
