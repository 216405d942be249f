/**
 * Owns: from shader files to something that can be dispatched: parts and constants put before a kernel's own file, the
 * pipeline, bind groups with named buffers. A kernel's own `x.ts` says which parts, bindings and sizes it has.
 */
import { ConvergeError } from '../../speech/errors'
import type { LmShape } from './shape'

/** Sources by folder and name: `fused/qkv`. */
export type ShaderSources = ReadonlyMap<string, string>

/** How invocations add up what they share: within subgroups where the device has them and counts as we expect. */
export type Reduction = 'workgroup' | 'subgroup'

/** Invocations that share one output of a matrix: 4 read 64 bytes side by side; 1 needs no reduction at all. */
export type Lanes = 1 | 4

/** Everything that compiling needs. */
export interface KernelContext {
  readonly device: GPUDevice
  readonly shape: LmShape
  readonly shaders: ShaderSources
  readonly reduction: Reduction
  readonly lanes: Lanes
}

export interface KernelSpec<Binding extends string> {
  /** Its own file. */
  readonly file: string
  /** Files put before it, without folder. */
  readonly parts: readonly string[]
  /** Invocations in a workgroup. */
  readonly group: number
  /** By the number of their binding. */
  readonly bindings: readonly Binding[]
  /** Whole numbers beyond the model's sizes. */
  readonly constants?: Readonly<Record<string, number>>
}

export interface Dispatch {
  readonly pipeline: GPUComputePipeline
  readonly bindGroup: GPUBindGroup
  readonly workgroups: readonly [x: number, y: number]
}

/** A kernel whose buffers are settled; only the number of rows is open. */
export type Launch = (rows: number) => Dispatch

/** A buffer, or a part of one. */
export type Bound = GPUBuffer | GPUBufferBinding

/** A compiled kernel: buffers by name make it ready for launch. */
export type Kernel<Binding extends string> = (buffers: Readonly<Record<Binding, Bound>>) => Launch

/** Devices skip a dispatch with more, without an error. */
const MAX_WORKGROUPS = 65_535

/** Parts that exist once for each reduction. */
const REDUCING_PARTS = new Set(['lanes', 'group', 'sixteen'])

/** @throws ConvergeError `engine-failed` where the device refuses the shader */
export async function compileKernel<Binding extends string>(
  context: KernelContext,
  spec: KernelSpec<Binding>,
  workgroups: (rows: number) => readonly [x: number, y: number],
): Promise<Kernel<Binding>> {
  const { device } = context
  const module = device.createShaderModule({ label: spec.file, code: assembleShader(context, spec) })
  const compute = { module, entryPoint: 'main' }
  const pipeline = await device
    .createComputePipelineAsync({ label: spec.file, layout: 'auto', compute })
    .catch((cause: unknown) => {
      const detail = cause instanceof Error ? cause.message : String(cause)
      throw new ConvergeError(
        'engine-failed',
        `This machine's WebGPU refuses the shader ${spec.file}.`,
        { shader: spec.file, detail },
        { cause },
      )
    })
  const layout = pipeline.getBindGroupLayout(0)
  return (buffers) => {
    const entries = spec.bindings.map((name, binding) => ({ binding, resource: toBinding(buffers[name]) }))
    const bindGroup = device.createBindGroup({ label: spec.file, layout, entries })
    return (rows) => {
      const [x, y] = workgroups(rows)
      if (Math.max(x, y) > MAX_WORKGROUPS) {
        throw new ConvergeError('engine-failed', `${spec.file} would need ${Math.max(x, y)} workgroups.`, {
          wanted: Math.max(x, y),
          limit: MAX_WORKGROUPS,
        })
      }
      return { pipeline, bindGroup, workgroups: [x, y] }
    }
  }
}

const toBinding = (bound: Bound): GPUBufferBinding => ('buffer' in bound ? bound : { buffer: bound })

/** Records dispatches into one pass. */
export function encodePass(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[]): void {
  const pass = encoder.beginComputePass()
  for (const { pipeline, bindGroup, workgroups } of dispatches) {
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, bindGroup)
    pass.dispatchWorkgroups(...workgroups)
  }
  pass.end()
}

function assembleShader(
  { shape, shaders, reduction, lanes }: KernelContext,
  spec: KernelSpec<string>,
): string {
  const constants = Object.entries({
    DIM: shape.dim,
    HEAD_DIM: shape.headDim,
    FF: shape.ff,
    VOICE_DIM: shape.voiceDim,
    VOCABULARY: shape.vocabularySize,
    GROUP: spec.group,
    LANES: lanes,
    ...spec.constants,
  }).map(([name, value]) => `const ${name} = ${value}u;`)
  const parts = spec.parts.map((part) => `parts/${part}${REDUCING_PARTS.has(part) ? `-${reduction}` : ''}`)
  const sources = [...parts, spec.file].map((name) => {
    const source = shaders.get(name)
    if (source === undefined)
      throw new ConvergeError('internal', `There is no shader ${name}.`, { shader: name })
    return source
  })
  const enable = reduction === 'subgroup' ? ['enable subgroups;'] : []
  return [...enable, ...constants, `const EPSILON = f32(${shape.rmsEpsilon});`, ...sources].join('\n')
}
