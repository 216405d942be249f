/**
 * Owns: the fused rung: five dispatches a layer and one for the head, in the tile that suits the number of rows.
 */
import type { Dispatch, KernelContext, Launch } from '../kernel'
import type { Rung } from '../rung'
import { compileAttend } from './attend'
import { compileGate } from './gate'
import { compileHead } from './head'
import { rowsToTile, type Tile } from './matrix'
import { compileProject } from './project'
import { compileQkv } from './qkv'

export async function compileFusedRung(context: KernelContext): Promise<Rung> {
  const { dim, ff } = context.shape
  const compileTile = async (tile: Tile) => {
    const [qkv, out, gate, down, head] = await Promise.all([
      compileQkv(context, tile),
      compileProject(context, tile, dim),
      compileGate(context, tile),
      compileProject(context, tile, ff),
      compileHead(context, tile),
    ])
    return { qkv, out, gate, down, head }
  }
  const [attend, one, four] = await Promise.all([compileAttend(context), compileTile(1), compileTile(4)])
  return {
    name: 'fused',
    // It looks at a stream stretch by stretch: memory alone bounds it.
    mostPositions: Infinity,
    bind(weights, workspace, store) {
      const { stream, queries, mixed, inner } = workspace
      const { rows, turns, logits } = store
      const attends = store.cache.map((cache) => attend({ rows, queries, cache, mixed }))
      const bindTile = ({ qkv, out, gate, down, head }: typeof one): Launch[] => [
        ...weights.layers.flatMap((place, i) => [
          qkv({
            weights: weights.file,
            place: place.qkv,
            turns,
            rows,
            input: stream,
            queries,
            cache: store.cache[i],
          }),
          attends[i],
          out({ weights: weights.file, place: place.out, rows, input: mixed, stream }),
          gate({ weights: weights.file, place: place.gate, rows, input: stream, inner }),
          down({ weights: weights.file, place: place.down, rows, input: inner, stream }),
        ]),
        head({ weights: weights.file, place: weights.head, rows, input: stream, logits }),
      ]
      const launches: Record<Tile, Launch[]> = { 1: bindTile(one), 4: bindTile(four) }
      return {
        forward: (count): Dispatch[] => launches[rowsToTile(count)].map((launch) => launch(count)),
        destroy() {},
      }
    },
  }
}
