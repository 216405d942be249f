/**
 * Owns: the takes that are kept as plain data, and taking some out and putting them back. Pure: sounds are the store's
 * business.
 */
import type { PlainError } from '../../speech/errors'
import type { TakeStatistics } from '../../speech/takes/statistics'
import type { TakeTrace } from '../../speech/takes/take'
import {
  findTake,
  removeTake,
  returnTakes,
  type TakeId,
  type TakeNode,
  type TakeTree,
} from '../../speech/takes/tree'
import type { RoundTripResult, SpeakPlan, TakeData } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'
import type { SpeakSettings } from './speak-settings'
import type { Timeline } from './timeline'

export interface KeptTake {
  readonly id: TakeId
  readonly text: string
  /** With which it was asked for; each cell of a grid has its own temperature and seed beside them. */
  readonly settings: SpeakSettings
  readonly plan: SpeakPlan
  readonly data: TakeData
  /** null where the tokens were not drawn here. */
  readonly trace: TakeTrace | null
  readonly soundId: SoundId
  readonly timeline: Timeline
  /** Loudest sample of each stretch of 25 ms. */
  readonly envelope: Float32Array
  /** Pitch twice a unit, 0 where it is not voiced. */
  readonly hz: Float32Array
  readonly statistics: TakeStatistics
  readonly roundTrip: RoundTripResult | null
}

/** What a take says. */
export type Said = Pick<KeptTake, 'text' | 'plan' | 'settings'>

/** Takes that a person took away and may have back. */
export interface RemovedTakes {
  readonly nodes: readonly TakeNode[]
  readonly takes: readonly KeptTake[]
}

export interface TakesState {
  readonly tree: TakeTree
  readonly takes: ReadonlyMap<TakeId, KeptTake>
  /** The one whose inside is on screen. */
  readonly chosen: TakeId | null
  /** Takes that wait for their round trip, the first of them running. */
  readonly checking: readonly TakeId[]
  /** Until others are removed, or they are let go. */
  readonly removed: RemovedTakes | null
  readonly error: PlainError | null
}

type Kept = Pick<TakesState, 'tree' | 'takes' | 'chosen' | 'checking'>

/** With all that branched off them. */
export function takeOut(state: Kept, ids: readonly TakeId[]): { left: Kept; removed: RemovedTakes } {
  const tree = ids.reduce(removeTake, state.tree)
  const isLeft = (id: TakeId) => findTake(tree, id) !== undefined
  const takes = new Map([...state.takes].filter(([id]) => isLeft(id)))
  const { chosen, checking } = state
  return {
    left: {
      tree,
      takes,
      chosen: chosen !== null && isLeft(chosen) ? chosen : null,
      // The first is being listened to, and ends by itself.
      checking: checking.filter((id, i) => i === 0 || isLeft(id)),
    },
    removed: {
      nodes: state.tree.nodes.filter(({ id }) => !isLeft(id)),
      takes: [...state.takes.values()].filter(({ id }) => !isLeft(id)),
    },
  }
}

export function putBack(state: Kept, removed: RemovedTakes): Pick<Kept, 'tree' | 'takes'> {
  const tree = returnTakes(state.tree, removed.nodes)
  const all = [...state.takes.values(), ...removed.takes].filter(({ id }) => findTake(tree, id))
  return { tree, takes: new Map(all.map((take) => [take.id, take])) }
}
