/**
 * Owns: how takes descend from one another: some are drawn, others branch off a take at a step where a token was forced.
 * A tree is a plain value that goes into a store, a file or a link; it holds where takes come from, not their tokens.
 */
import type { TokenId } from '../3-units/vocabulary'

export type TakeId = number

/** The noise after the branch: the parent's, or that of another seed. */
type BranchNoise = { readonly kind: 'same' } | { readonly kind: 'new'; readonly seed: number }

/** A token forced at a step. */
export interface Branch {
  /** Of the take that is branched, over all utterances. */
  readonly step: number
  readonly token: TokenId
  readonly noise: BranchNoise
}

export type TakeOrigin =
  | { readonly kind: 'draw'; readonly seed: number; readonly temperature: number }
  | ({ readonly kind: 'branch'; readonly parent: TakeId } & Branch)

export interface TakeNode {
  readonly id: TakeId
  readonly name: string
  /** As it was called when it came; the parent may have been renamed or removed since. */
  readonly firstName: string
  readonly origin: TakeOrigin
}

export interface TakeTree {
  /** A parent stands before its branches. */
  readonly nodes: readonly TakeNode[]
  /** Ids are never used again, so that a name in a lesson stays true. */
  readonly nextId: TakeId
}

export const EMPTY_TREE: TakeTree = { nodes: [], nextId: 1 }

/** Whole code points. */
const MAX_NAME_CHARACTERS = 60

/** The tree with one take more; a branch of an unknown parent changes nothing. */
export function addTake(tree: TakeTree, origin: TakeOrigin): TakeTree {
  if (origin.kind === 'branch' && !findTake(tree, origin.parent)) return tree
  const name = toFirstName(tree, origin)
  const node = { id: tree.nextId, name, firstName: name, origin }
  return { nodes: [...tree.nodes, node], nextId: tree.nextId + 1 }
}

export function findTake(tree: TakeTree, id: TakeId): TakeNode | undefined {
  return tree.nodes.find((node) => node.id === id)
}

export function branchesOf(tree: TakeTree, id: TakeId): TakeNode[] {
  return tree.nodes.filter(({ origin }) => origin.kind === 'branch' && origin.parent === id)
}

/** From the drawn take down to this one; empty for an unknown id. */
export function pathToTake(tree: TakeTree, id: TakeId): TakeNode[] {
  const node = findTake(tree, id)
  if (!node) return []
  return node.origin.kind === 'draw' ? [node] : [...pathToTake(tree, node.origin.parent), node]
}

/** An empty name gives the take its first one back. */
export function renameTake(tree: TakeTree, id: TakeId, name: string): TakeTree {
  const plain = Array.from(name.trim()).slice(0, MAX_NAME_CHARACTERS).join('')
  const nodes = tree.nodes.map((node) => (node.id === id ? { ...node, name: plain || node.firstName } : node))
  return { ...tree, nodes }
}

/** Without this take and everything that descends from it. */
export function removeTake(tree: TakeTree, id: TakeId): TakeTree {
  const gone = new Set([id])
  for (const { id: each, origin } of tree.nodes) {
    if (origin.kind === 'branch' && gone.has(origin.parent)) gone.add(each)
  }
  return { ...tree, nodes: tree.nodes.filter((node) => !gone.has(node.id)) }
}

/** With takes that were removed, as they were; one whose parent is gone stays away. */
export function returnTakes(tree: TakeTree, removed: readonly TakeNode[]): TakeTree {
  // A parent is older than its branches, so its id is smaller.
  const nodes = [...tree.nodes, ...removed].toSorted((a, b) => a.id - b.id)
  const there = new Set<TakeId>()
  const kept = nodes.filter(({ id, origin }) => {
    const isRooted = origin.kind === 'draw' || there.has(origin.parent)
    if (isRooted) there.add(id)
    return isRooted
  })
  return { ...tree, nodes: kept }
}

function toFirstName(tree: TakeTree, origin: TakeOrigin): string {
  if (origin.kind === 'draw') return `T ${origin.temperature}, seed ${origin.seed}`
  const parent = findTake(tree, origin.parent)?.name ?? ''
  return Array.from(`${parent}, branch at ${origin.step}`).slice(-MAX_NAME_CHARACTERS).join('')
}
