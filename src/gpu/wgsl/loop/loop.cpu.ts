/** The reference of `loop.wgsl`: a stream's tokens drawn by its own rule, each through the references of all layers. */
import { planToRule, type StreamPlan, type StreamState } from '../../../speech/3-units/streams'
import type { StreamStep } from '../../../speech/3-units/streams/rule'
import type { Vocabulary } from '../../../speech/3-units/vocabulary'
import type { CpuCache, CpuModel, CpuRows } from '../cpu-model'
import { attendCpu } from '../fused/attend.cpu'
import { gateCpu } from '../fused/gate.cpu'
import { headCpu } from '../fused/head.cpu'
import { projectCpu } from '../fused/project.cpu'
import { qkvCpu } from '../fused/qkv.cpu'
import { embedCpu } from '../plain/embed.cpu'
import type { Row } from '../rows'

/** @param caches (layer), left as they are @returns logits (vocabulary) of the row in slot 0 that wants them, and new caches */
export function layersCpu(
  model: CpuModel,
  rows: CpuRows,
  voice: Float32Array,
  caches: readonly CpuCache[],
): { logits: Float32Array; caches: CpuCache[] } {
  let stream = embedCpu(model, rows, voice)
  const after = model.layers.map(({ out, down }, layer) => {
    const { queries, cache } = qkvCpu(model, layer, rows, stream, caches[layer])
    stream = projectCpu(out, attendCpu(model, rows, queries, cache), stream)
    stream = projectCpu(down, gateCpu(model, layer, stream), stream)
    return cache
  })
  const logits = headCpu(model, rows, stream, new Float32Array(model.shape.vocabularySize))
  return { logits, caches: after }
}

/** What one stream has before a step. */
export interface CpuStream {
  readonly state: StreamState
  /** Tokens so far. */
  readonly position: number
  /** (vocabulary) */
  readonly logits: Float32Array
  /** (layer) */
  readonly caches: readonly CpuCache[]
}

/** @returns what was drawn, and the stream after it */
export function loopCpu(
  model: CpuModel,
  vocabulary: Vocabulary,
  plan: StreamPlan,
  stream: CpuStream,
  steps: number,
): { drawn: StreamStep[]; stream: CpuStream } {
  const { next } = planToRule(plan, vocabulary)
  const unvoiced = new Float32Array(model.shape.voiceDim)
  const drawn: StreamStep[] = []
  let { state, position, logits, caches } = stream
  for (let step = 0; step < steps && !state.done; step++) {
    const said = next(state, logits)
    drawn.push(said)
    state = said.state
    if (state.done) break
    const row: Row = { slot: 0, base: 0, position, token: said.token, wantsLogits: true }
    ;({ logits, caches } = layersCpu(model, [row], unvoiced, caches))
    position += 1
  }
  return { drawn, stream: { state, position, logits, caches } }
}
