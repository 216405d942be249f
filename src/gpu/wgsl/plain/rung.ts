/**
 * Owns: the plain rung: one kernel for each operation, 14 dispatches a layer and 3 for the head. The first that worked, and
 * what runs on software adapters, where it is the fastest.
 */
import type { Dispatch, KernelContext, Launch } from '../kernel'
import { MAX_ROWS } from '../rows'
import type { Rung } from '../rung'
import { compileAdd } from './add'
import { compileAppend } from './append'
import { compileLinear } from './linear'
import { compileMix } from './mix'
import { compileNorm } from './norm'
import { compileRotate } from './rotate'
import { compileScatter } from './scatter'
import { compileScores } from './scores'
import { compileSoftmax } from './softmax'
import { compileSwiglu } from './swiglu'

/**
 * Positions of a stream that this rung can attend to, for scores have a place for each of them: 15 s of listening take 750,
 * an utterance of 25 words about as many.
 */
export const PLAIN_POSITIONS = 1024

export async function compilePlainRung(context: KernelContext): Promise<Rung> {
  const { device, shape } = context
  const { dim, ff, heads, vocabularySize } = shape
  const [norm, rotate, append, scores, softmax, mix, swiglu, add, scatter] = await Promise.all([
    compileNorm(context),
    compileRotate(context),
    compileAppend(context),
    compileScores(context, PLAIN_POSITIONS),
    compileSoftmax(context, PLAIN_POSITIONS),
    compileMix(context, PLAIN_POSITIONS),
    compileSwiglu(context),
    compileAdd(context),
    compileScatter(context),
  ])
  const [qkv, out, both, down, head] = await Promise.all([
    compileLinear(context, dim, 3 * dim),
    compileLinear(context, dim, dim),
    compileLinear(context, dim, 2 * ff),
    compileLinear(context, ff, dim),
    compileLinear(context, dim, vocabularySize),
  ])
  return {
    name: 'plain',
    mostPositions: PLAIN_POSITIONS,
    bind(
      { file, layers, head: headPlace },
      { stream, mixed, inner },
      { rows, turns, logits, cache: caches },
    ) {
      const create = (width: number) =>
        device.createBuffer({
          size: MAX_ROWS * width * Float32Array.BYTES_PER_ELEMENT,
          usage: GPUBufferUsage.STORAGE,
        })
      const scratch = {
        normed: create(dim),
        qkv: create(3 * dim),
        scores: create(heads * PLAIN_POSITIONS),
        projected: create(dim),
        both: create(2 * ff),
        logits: create(vocabularySize),
      }
      const launches: Launch[] = [
        ...layers.flatMap((places, i) => {
          const cache = caches[i]
          return [
            norm({ weights: file, place: places.qkv, input: stream, output: scratch.normed }),
            qkv({ weights: file, place: places.qkv, input: scratch.normed, output: scratch.qkv }),
            rotate({ rows, turns, qkv: scratch.qkv }),
            append({ rows, qkv: scratch.qkv, cache }),
            scores({ rows, qkv: scratch.qkv, cache, scores: scratch.scores }),
            softmax({ rows, scores: scratch.scores }),
            mix({ rows, scores: scratch.scores, cache, mixed }),
            out({ weights: file, place: places.out, input: mixed, output: scratch.projected }),
            add({ input: scratch.projected, stream }),
            norm({ weights: file, place: places.gate, input: stream, output: scratch.normed }),
            both({ weights: file, place: places.gate, input: scratch.normed, output: scratch.both }),
            swiglu({ both: scratch.both, inner }),
            down({ weights: file, place: places.down, input: inner, output: scratch.projected }),
            add({ input: scratch.projected, stream }),
          ]
        }),
        norm({ weights: file, place: headPlace, input: stream, output: scratch.normed }),
        head({ weights: file, place: headPlace, input: scratch.normed, output: scratch.logits }),
        scatter({ rows, input: scratch.logits, logits }),
      ]
      return {
        forward: (count): Dispatch[] => launches.map((launch) => launch(count)),
        destroy() {
          for (const buffer of Object.values(scratch)) buffer.destroy()
        },
      }
    },
  }
}
