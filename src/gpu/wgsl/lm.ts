/**
 * Owns: the WebGPU engine put together: weights uploaded, kernels compiled, cursors and batches on one device. The device
 * is the caller's: it is neither made nor destroyed here.
 */
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { Manifest } from '../../speech/manifest'
import type { LmEngine } from '../lm-engine'
import { startRuleBatch } from '../rule-batch'
import { startBatch } from './batch'
import { createCursor } from './cursor'
import { guardDevice } from './device-guard'
import { compileDraw } from './fused/draw'
import { compileFusedRung } from './fused/rung'
import type { KernelContext, Lanes, Reduction, ShaderSources } from './kernel'
import type { LmDevice, StepKernel } from './lm-device'
import { compileLoop } from './loop/loop'
import { createPace } from './pace'
import { compileEmbed } from './plain/embed'
import { compilePlainRung } from './plain/rung'
import { createWorkspace, type CompileRung, type RungName } from './rung'
import { manifestToShape } from './shape'
import { uploadWeights } from './weights'

export interface WgslLmParts {
  readonly device: GPUDevice
  /** `lm.int8.safetensors`. */
  readonly weights: Uint8Array<ArrayBuffer>
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
  readonly shaders: ShaderSources
  /** What `probe.ts` found; workgroup memory works everywhere. */
  readonly reduction?: Reduction
  readonly lanes?: Lanes
  readonly rung?: RungName
}

/** What takes chosen tokens through the layers; the loop rung does so only with tokens that it draws. */
const RUNGS: Record<RungName, CompileRung> = {
  plain: compilePlainRung,
  loop: compileFusedRung,
  fused: compileFusedRung,
}

async function compileStep(context: KernelContext, rung: RungName): Promise<StepKernel> {
  return rung === 'loop'
    ? { kind: 'loop', kernel: await compileLoop(context) }
    : { kind: 'draw', kernel: await compileDraw(context) }
}

/** @throws ConvergeError `engine-failed`, `model-damaged` or `model-incompatible` */
export async function createWgslLm({
  device,
  weights: bytes,
  manifest,
  vocabulary,
  shaders,
  reduction = 'workgroup',
  lanes = 4,
  rung: rungName = 'fused',
}: WgslLmParts): Promise<LmEngine> {
  const guard = guardDevice(device)
  const shape = manifestToShape(manifest, vocabulary)
  const context = { device, shape, shaders, reduction, lanes }
  const [weights, workspace] = await guard.attempt(() => [
    uploadWeights(device, bytes, shape),
    createWorkspace(device, shape),
  ])
  const [rung, embed, step] = await guard.wait(
    Promise.all([RUNGS[rungName](context), compileEmbed(context), compileStep(context, rungName)]),
  )
  const lm: LmDevice = { context, guard, pace: createPace(guard), weights, workspace, rung, embed, step }
  return {
    name: 'wgsl',
    openCursor: () => createCursor(lm),
    // The shader's grammar begins at a stream's beginning and knows no held phones: other streams step by the rule, a
    // little slower and with the same result.
    start: (streams, drawn) =>
      drawn || streams.some(({ plan }) => plan.task === 'speak' && plan.held !== undefined)
        ? startRuleBatch(createCursor(lm), streams, vocabulary, { drawn })
        : startBatch(lm, streams, vocabulary),
    async dispose() {
      weights.destroy()
      workspace.destroy()
    },
  }
}
