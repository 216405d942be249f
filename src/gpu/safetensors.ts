/**
 * Owns: reading the safetensors format: where each tensor lies in a file's bytes, proven against its shape and the
 * file's size. Knows no model and copies nothing.
 */
import * as v from 'valibot'
import { ConvergeError } from '../speech/errors'

const BYTES_PER_VALUE = { I8: 1, U8: 1, F16: 2, F32: 4 } as const

export type TensorType = keyof typeof BYTES_PER_VALUE

export interface TensorEntry {
  readonly type: TensorType
  readonly shape: readonly number[]
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly bytes: number
}

const natural = v.pipe(v.number(), v.integer(), v.minValue(0))

const entrySchema = v.object({
  dtype: v.picklist(['I8', 'U8', 'F16', 'F32']),
  shape: v.array(natural),
  data_offsets: v.tuple([natural, natural]),
})
const METADATA = '__metadata__'
const headerSchema = v.record(v.string(), v.unknown())

const HEADER_START = 8

/** The tensors by name. @throws ConvergeError `model-damaged` */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, TensorEntry> {
  if (bytes.length < HEADER_START)
    throw damaged('it is too short to hold anything', { foundBytes: bytes.length })
  const length = new DataView(bytes.buffer, bytes.byteOffset, HEADER_START).getBigUint64(0, true)
  if (length > BigInt(bytes.length - HEADER_START)) {
    throw damaged('its header is longer than the file', {
      wantedBytes: Number(length),
      foundBytes: bytes.length,
    })
  }
  const start = HEADER_START + Number(length)
  const tensors = new Map<string, TensorEntry>()
  let end = 0
  for (const [name, { dtype, shape, data_offsets: span }] of parseHeader(
    bytes.subarray(HEADER_START, start),
  )) {
    const wanted = shape.reduce((product, size) => product * size, BYTES_PER_VALUE[dtype])
    if (span[1] - span[0] !== wanted) {
      throw damaged(`the tensor ${name} has not the size of its shape`, {
        wantedBytes: wanted,
        foundBytes: span[1] - span[0],
      })
    }
    if (span[0] !== end) {
      throw damaged(`the tensor ${name} does not begin where the one before ends`, {
        wanted: end,
        found: span[0],
      })
    }
    end = span[1]
    tensors.set(name, { type: dtype, shape, offset: start + span[0], bytes: wanted })
  }
  if (start + end !== bytes.length) {
    throw damaged('its tensors do not fill it', { wantedBytes: start + end, foundBytes: bytes.length })
  }
  return tensors
}

/** Entries in the order of the file. */
function parseHeader(bytes: Uint8Array): [string, v.InferOutput<typeof entrySchema>][] {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw damaged('its header is no JSON', { detail: String(error) })
  }
  const parsed = v.safeParse(headerSchema, json)
  if (!parsed.success) throw damaged('its header is no list of tensors', {})
  const names = Object.keys(parsed.output).filter((name) => name !== METADATA)
  const entries = names.map((name): [string, v.InferOutput<typeof entrySchema>] => {
    const entry = v.safeParse(entrySchema, parsed.output[name])
    if (entry.success) return [name, entry.output]
    throw damaged(`the tensor ${name} is not described as the format asks`, {
      detail: entry.issues[0].message,
    })
  })
  return entries.toSorted(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0])
}

const damaged = (what: string, facts: Record<string, string | number>): ConvergeError =>
  new ConvergeError(
    'model-damaged',
    `A file of weights can't be used: ${what}. Fetch the models again.`,
    facts,
  )
