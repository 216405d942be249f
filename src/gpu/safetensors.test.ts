/**
 * Reading safetensors: the committed weights, and every way in which a file can be wrong.
 */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readSafetensors } from './safetensors'
import { MODELS_FOLDER } from './testing/disk-ladder'

function file(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}

const tensor = (shape: number[], begin: number, end: number, dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
})

describe('readSafetensors', () => {
  it('finds every tensor of the committed weights at a multiple of 64 bytes', async () => {
    const tensors = readSafetensors(await readFile(`${MODELS_FOLDER}lm.int8.safetensors`))
    expect(tensors.get('layers.7.w2.weight')).toMatchObject({ type: 'I8', shape: [320, 864], bytes: 276_480 })
    expect(tensors.get('vp.bias')).toMatchObject({ type: 'F32', shape: [320], bytes: 1280 })
    const weights = [...tensors].filter(([name]) => !name.startsWith('padding.'))
    expect(weights.filter(([, { offset }]) => offset % 64 !== 0)).toEqual([])
  })

  it('reads tensors in any order of the header, and one of no dimension', () => {
    const bytes = file({ b: tensor([2], 4, 12), a: tensor([], 0, 4), __metadata__: { format: 'x' } }, 12)
    const tensors = readSafetensors(bytes)
    expect([...tensors.keys()]).toEqual(['a', 'b'])
    expect(tensors.get('b')?.offset).toBe(bytes.length - 8)
  })

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['a header longer than the file', file({}, 0).fill(255, 0, 2)],
    ['a header that is no JSON', file('<!doctype html>', 0)],
    ['a header that is a list', file('[1]', 0)],
    ['a tensor without a shape', file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, 4)],
    ['an unknown type', file({ a: tensor([1], 0, 4, 'F31') }, 4)],
    ['a negative size', file({ a: tensor([-1], 0, 4) }, 4)],
    ['a size that is not its shape’s', file({ a: tensor([2], 0, 4) }, 4)],
    ['a tensor past the end', file({ a: tensor([2], 0, 8) }, 4)],
    ['an overlap', file({ a: tensor([2], 0, 8), b: tensor([1], 4, 8) }, 8)],
    ['a hole', file({ a: tensor([1], 0, 4), b: tensor([1], 8, 12) }, 12)],
    ['bytes to spare', file({ a: tensor([1], 0, 4) }, 8)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(expect.objectContaining({ code: 'model-damaged' }))
  })
})
