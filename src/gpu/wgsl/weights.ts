/**
 * Owns: the weights on the device: the safetensors file as one buffer, just as it is, and for each kernel and layer a
 * small uniform that says where its tensors lie. Layout of `Place` as in parts/place.wgsl.
 */
import { ConvergeError } from '../../speech/errors'
import { readSafetensors, type TensorEntry } from '../safetensors'
import type { LmShape } from './shape'

export interface LayerPlaces {
  readonly qkv: GPUBuffer
  readonly out: GPUBuffer
  readonly gate: GPUBuffer
  readonly down: GPUBuffer
}

export interface DeviceWeights {
  readonly file: GPUBuffer
  readonly embed: GPUBuffer
  readonly layers: readonly LayerPlaces[]
  readonly head: GPUBuffer
  /** One after the other: each layer's qkv, out, gate and down, then the head's. */
  readonly places: GPUBuffer
  destroy(): void
}

/** Tensors of a place by role; names as in training. */
interface PlaceNames {
  readonly matrix: string
  readonly norm?: string
  readonly bias?: string
  readonly voice?: string
}

const PLACE_BYTES = 32
const LOAD_BYTES = 16
const WORD_BYTES = 4

/** @throws ConvergeError `model-damaged` or `model-incompatible` */
export function uploadWeights(
  device: GPUDevice,
  bytes: Uint8Array<ArrayBuffer>,
  shape: LmShape,
): DeviceWeights {
  const tensors = readSafetensors(bytes)
  const buffers: GPUBuffer[] = []
  const create = (label: string, size: number, usage: GPUBufferUsageFlags): GPUBuffer => {
    const buffer = device.createBuffer({ label, size, usage: usage | GPUBufferUsage.COPY_DST })
    buffers.push(buffer)
    return buffer
  }
  const find = (name: string): TensorEntry => {
    const tensor = tensors.get(name)
    if (!tensor || tensor.offset % LOAD_BYTES !== 0) {
      throw new ConvergeError(
        'model-incompatible',
        `The weights lack the tensor ${name}, aligned to ${LOAD_BYTES} bytes.`,
        { wanted: name },
      )
    }
    return tensor
  }
  const at = (name: string | undefined, unit: number): number => (name ? find(name).offset / unit : 0)
  const toFields = ({ matrix, norm, bias, voice }: PlaceNames): number[] => [
    at(matrix, LOAD_BYTES),
    at(`${matrix}.scale`, WORD_BYTES),
    at(norm, WORD_BYTES),
    at(bias, WORD_BYTES),
    at(voice, LOAD_BYTES),
    at(voice && `${voice}.scale`, WORD_BYTES),
    0,
    0,
  ]
  const writePlaces = (label: string, names: readonly PlaceNames[]): GPUBuffer => {
    const buffer = create(label, names.length * PLACE_BYTES, GPUBufferUsage.UNIFORM)
    device.queue.writeBuffer(buffer, 0, Uint32Array.from(names.flatMap(toFields)))
    return buffer
  }
  const place = (names: PlaceNames): GPUBuffer => writePlaces(names.matrix, [names])

  const file = create('weights', Math.ceil(bytes.length / LOAD_BYTES) * LOAD_BYTES, GPUBufferUsage.STORAGE)
  const whole = bytes.length - (bytes.length % WORD_BYTES)
  device.queue.writeBuffer(file, 0, bytes, 0, whole)
  const layers = Array.from({ length: shape.layers }, (_, i) => ({
    qkv: { matrix: `layers.${i}.a.qkv.weight`, norm: `layers.${i}.n1.weight` },
    out: { matrix: `layers.${i}.a.o.weight` },
    gate: { matrix: `layers.${i}.w1.weight`, norm: `layers.${i}.n2.weight` },
    down: { matrix: `layers.${i}.w2.weight` },
  }))
  const head = { matrix: 'head.weight', norm: 'nf.weight' }
  return {
    file,
    embed: place({ matrix: 'emb.weight', bias: 'vp.bias', voice: 'vp.weight' }),
    layers: layers.map(({ qkv, out, gate, down }) => ({
      qkv: place(qkv),
      out: place(out),
      gate: place(gate),
      down: place(down),
    })),
    head: place(head),
    places: writePlaces('places', [
      ...layers.flatMap(({ qkv, out, gate, down }) => [qkv, out, gate, down]),
      head,
    ]),
    destroy() {
      for (const buffer of buffers) buffer.destroy()
    },
  }
}
