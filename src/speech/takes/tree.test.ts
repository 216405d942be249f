import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addTake,
  branchesOf,
  EMPTY_TREE,
  findTake,
  pathToTake,
  removeTake,
  renameTake,
  returnTakes,
  type TakeOrigin,
  type TakeTree,
} from './tree'

const draw = (seed: number): TakeOrigin => ({ kind: 'draw', seed, temperature: 0.6 })
const branch = (parent: number, step = 5): TakeOrigin => ({
  kind: 'branch',
  parent,
  step,
  token: 130,
  noise: { kind: 'same' },
})
const plant = (...origins: TakeOrigin[]): TakeTree => origins.reduce(addTake, EMPTY_TREE)

describe('a tree of takes', () => {
  it('knows parents, branches and paths', () => {
    const tree = plant(draw(1), draw(2), branch(1), branch(3, 9))
    expect(branchesOf(tree, 1).map(({ id }) => id)).toEqual([3])
    expect(pathToTake(tree, 4).map(({ id }) => id)).toEqual([1, 3, 4])
    expect(findTake(tree, 2)?.name).toBe('T 0.6, seed 2')
    expect(findTake(tree, 4)?.name).toBe('T 0.6, seed 1, branch at 5, branch at 9')
    expect(pathToTake(tree, 99)).toEqual([])
  })

  it('refuses a branch of nothing', () => {
    expect(plant(branch(7))).toEqual(EMPTY_TREE)
  })

  it('renames, and gives an empty name its first one back', () => {
    const tree = plant(draw(1), branch(1))
    const renamed = renameTake(tree, 2, '  The <slow> one ')
    expect(findTake(renamed, 2)?.name).toBe('The <slow> one')
    expect(renameTake(renamed, 2, ' ')).toEqual(tree)
    expect(findTake(renameTake(tree, 1, '🙂'.repeat(100)), 1)?.name).toBe('🙂'.repeat(60))
  })

  it('knows the first name whatever became of the parent', () => {
    const tree = renameTake(plant(draw(1), branch(1)), 1, 'Slow')
    expect(renameTake(renameTake(tree, 2, 'mine'), 2, '')).toEqual(tree)
    expect(findTake(tree, 2)?.name).toBe('T 0.6, seed 1, branch at 5')
    const orphan = { ...tree, nodes: tree.nodes.slice(1) }
    expect(renameTake(renameTake(orphan, 2, 'mine'), 2, '')).toEqual(orphan)
  })

  it('cuts a long first name between letters', () => {
    const tree = addTake(renameTake(plant(draw(1)), 1, '🙂'.repeat(60)), branch(1))
    expect(findTake(tree, 2)?.name).toBe(`${'🙂'.repeat(47)}, branch at 5`)
  })

  it('removes a take with what descends from it, and nothing else', () => {
    const tree = plant(draw(1), draw(2), branch(1), branch(3), branch(2))
    expect(removeTake(tree, 1).nodes.map(({ id }) => id)).toEqual([2, 5])
    expect(addTake(removeTake(tree, 5), draw(3)).nodes.at(-1)?.id).toBe(6)
  })

  it('brings back what was removed, where it was', () => {
    const tree = plant(draw(1), draw(2), branch(1), branch(3), branch(2))
    const less = removeTake(tree, 1)
    const gone = tree.nodes.filter(({ id }) => !findTake(less, id))
    expect(returnTakes(less, gone)).toEqual(tree)
    const later = addTake(less, draw(3))
    expect(returnTakes(later, gone).nodes.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
    // A branch without its parent has no place.
    expect(returnTakes(less, gone.slice(1))).toEqual(less)
  })

  it('keeps every parent before its branches, and survives JSON, whatever is done to it', () => {
    const action = fc.tuple(fc.constantFrom('draw', 'branch', 'remove'), fc.integer({ min: 1, max: 12 }))
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const tree = actions.reduce((before, [kind, id]) => {
          if (kind === 'draw') return addTake(before, draw(id))
          return kind === 'branch' ? addTake(before, branch(id)) : removeTake(before, id)
        }, EMPTY_TREE)
        for (const [i, { origin }] of tree.nodes.entries()) {
          if (origin.kind === 'draw') continue
          expect(tree.nodes.slice(0, i).some(({ id }) => id === origin.parent)).toBe(true)
        }
        expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
      }),
    )
  })
})
