/**
 * The plain kernels against their references: batches of 1 to 16 rows at positions from 0 to 1,023. The references sum in
 * float64, so what differs is float32's rounding.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeAdapter, findDawnAdapter } from '../../testing/dawn'
import {
  contextFor,
  makeBatches,
  MAX_POSITIONS,
  MODES,
  openKernelFixture,
  paddedRows,
  REDUCTIONS,
  worst,
  type KernelBatch,
  type KernelFixture,
} from '../../testing/kernel-fixture'
import { runKernel } from '../../testing/kernels'
import type { Kernel, KernelContext } from '../kernel'
import { compileAdd } from './add'
import { addCpu } from './add.cpu'
import { compileAppend } from './append'
import { appendCpu } from './append.cpu'
import { compileEmbed } from './embed'
import { embedCpu } from './embed.cpu'
import { compileLinear } from './linear'
import { linearCpu } from './linear.cpu'
import { compileMix } from './mix'
import { mixCpu } from './mix.cpu'
import { compileNorm } from './norm'
import { normCpu } from './norm.cpu'
import { compileRotate } from './rotate'
import { rotateCpu } from './rotate.cpu'
import { compileScatter } from './scatter'
import { scatterCpu } from './scatter.cpu'
import { compileScores } from './scores'
import { scoresCpu } from './scores.cpu'
import { compileSoftmax } from './softmax'
import { softmaxCpu } from './softmax.cpu'
import { compileSwiglu } from './swiglu'
import { swigluCpu } from './swiglu.cpu'

const LAYER = 5
/** float32 sums of up to 1,024 products of order 1. */
const ROUNDING = 2e-5

const adapter = await findDawnAdapter()

describe.skipIf(typeof adapter === 'string')(`plain kernels on ${describeAdapter(adapter)}`, () => {
  let fixture: KernelFixture
  let context: KernelContext
  beforeAll(async () => {
    if (typeof adapter === 'string') return
    fixture = await openKernelFixture(adapter)
    context = contextFor(fixture, MODES[0])
  })
  afterAll(() => fixture?.device.destroy())

  /** Runs the kernel on what `prepare` gives for every batch, and compares one buffer with what is wanted. */
  async function compare<Binding extends string>(
    kernel: Kernel<Binding>,
    output: Binding,
    prepare: (batch: KernelBatch) => {
      inputs: Record<Binding, Float32Array | Uint32Array | GPUBuffer>
      wanted: Float32Array
    },
  ): Promise<void> {
    for (const batch of makeBatches(fixture)) {
      const { inputs, wanted } = prepare(batch)
      const found = await runKernel(fixture.device, kernel, inputs, batch.rows.length, [output])
      expect(worst(new Float32Array(found[output]), wanted), `${batch.rows.length} rows`).toBeLessThan(
        ROUNDING,
      )
    }
  }
  const room = (batch: KernelBatch, width: number) => new Float32Array(batch.rows.length * width)
  /** Scores have a fixed width a row; what lies past a row's position is left alone. */
  const spread = ({ rows }: KernelBatch, random: (width: number) => Float32Array): Float32Array => {
    const { heads } = fixture.model.shape
    const scores = random(heads * MAX_POSITIONS)
    rows.forEach(({ position }, row) => {
      for (let head = 0; head < heads; head++) {
        scores.fill(
          0,
          (row * heads + head) * MAX_POSITIONS + position + 1,
          (row * heads + head + 1) * MAX_POSITIONS,
        )
      }
    })
    return scores
  }

  it('embed', async () => {
    const { model, weights } = fixture
    await compare(await compileEmbed(context), 'stream', (batch) => {
      const voices = batch.values(model.shape.voiceDim)
      const inputs = { weights: weights.file, place: weights.embed, rows: batch.packed, voices }
      return {
        inputs: { ...inputs, stream: room(batch, model.shape.dim) },
        wanted: embedCpu(model, batch.rows, voices),
      }
    })
  })

  it('norm', async () => {
    const { model, weights } = fixture
    await compare(await compileNorm(context), 'output', (batch) => {
      const input = batch.values(model.shape.dim, 3)
      const inputs = {
        weights: weights.file,
        place: weights.layers[LAYER].gate,
        input,
        output: input.map(() => 0),
      }
      return { inputs, wanted: normCpu(model, input, model.layers[LAYER].ffNorm) }
    })
  })

  it.each((['qkv', 'down'] as const).flatMap((name) => REDUCTIONS.map((reduction) => ({ name, reduction }))))(
    'linear ($name, $reduction)',
    async ({ name, reduction }) => {
      const { model, weights } = fixture
      const matrix = model.layers[LAYER][name]
      const kernel = await compileLinear({ ...context, reduction }, matrix.columns, matrix.rows)
      await compare(kernel, 'output', (batch) => {
        const count = batch.rows.length
        const input = batch.values(matrix.columns)
        const inputs = {
          weights: weights.file,
          place: weights.layers[LAYER][name],
          input: paddedRows(input, count),
          output: paddedRows(room(batch, matrix.rows), count),
        }
        return { inputs, wanted: linearCpu(matrix, input) }
      })
    },
  )

  it('rotate', async () => {
    const { model } = fixture
    await compare(await compileRotate(context), 'qkv', (batch) => {
      const qkv = batch.values(3 * model.shape.dim, 4)
      return {
        inputs: { rows: batch.packed, turns: model.turns, qkv },
        wanted: rotateCpu(model, batch.rows, qkv),
      }
    })
  })

  it('append', async () => {
    const { device, model } = fixture
    const kernel = await compileAppend(context)
    for (const { rows, packed, values, makeCache } of makeBatches(fixture)) {
      const [qkv, cache] = [values(3 * model.shape.dim, 4), makeCache()]
      const found = await runKernel(device, kernel, { rows: packed, qkv, cache }, rows.length, ['cache'])
      // The last bit of a half may fall either way.
      const wanted = appendCpu(model, rows, qkv, cache)
      const apart = new Uint32Array(found.cache).filter((word, i) => {
        return (
          Math.abs((word & 0xffff) - (wanted[i] & 0xffff)) > 1 ||
          Math.abs((word >>> 16) - (wanted[i] >>> 16)) > 1
        )
      })
      expect(apart).toHaveLength(0)
    }
  })

  it('scores', async () => {
    const { model } = fixture
    await compare(await compileScores(context, MAX_POSITIONS), 'scores', (batch) => {
      const [qkv, cache] = [batch.values(3 * model.shape.dim, 2), batch.makeCache()]
      const scores = room(batch, model.shape.heads * MAX_POSITIONS)
      const wanted = scoresCpu(model, batch.rows, qkv, cache, MAX_POSITIONS)
      return { inputs: { rows: batch.packed, qkv, cache, scores }, wanted }
    })
  })

  it('softmax', async () => {
    const { heads } = fixture.model.shape
    await compare(await compileSoftmax(context, MAX_POSITIONS), 'scores', (batch) => {
      const scores = spread(batch, (width) => batch.values(width, 8))
      return {
        inputs: { rows: batch.packed, scores },
        wanted: softmaxCpu(batch.rows, scores, heads, MAX_POSITIONS),
      }
    })
  })

  it('mix', async () => {
    const { model } = fixture
    const { heads, dim } = model.shape
    await compare(await compileMix(context, MAX_POSITIONS), 'mixed', (batch) => {
      const scores = spread(batch, (width) => batch.values(width, 4))
      const shares = softmaxCpu(batch.rows, scores, heads, MAX_POSITIONS)
      const cache = batch.makeCache()
      const wanted = mixCpu(model, batch.rows, shares, cache, MAX_POSITIONS)
      return { inputs: { rows: batch.packed, scores: shares, cache, mixed: room(batch, dim) }, wanted }
    })
  })

  it.each([6, 500])('swiglu, gates up to %i', async (scale) => {
    const { ff } = fixture.model.shape
    await compare(await compileSwiglu(context), 'inner', (batch) => {
      const both = batch.values(2 * ff, scale)
      return { inputs: { both, inner: room(batch, ff) }, wanted: swigluCpu(both, ff) }
    })
  })

  it('add', async () => {
    const { dim } = fixture.model.shape
    await compare(await compileAdd(context), 'stream', (batch) => {
      const [input, stream] = [batch.values(dim), batch.values(dim)]
      return { inputs: { input, stream }, wanted: addCpu(stream, input) }
    })
  })

  it('scatter', async () => {
    const { vocabularySize } = fixture.model.shape
    await compare(await compileScatter(context), 'logits', (batch) => {
      const [input, logits] = [batch.values(vocabularySize), batch.values(vocabularySize)]
      return { inputs: { rows: batch.packed, input, logits }, wanted: scatterCpu(batch.rows, input, logits) }
    })
  })
})
