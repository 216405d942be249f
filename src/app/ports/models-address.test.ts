/** `?models=`: a folder of the same site, or a refusal that says what was wanted and found. */
import { describe, expect, it } from 'vitest'
import { readModelsAddress } from './models-address'

const SITE = new URL('https://example.org/converge/')

describe('the address of the models', () => {
  it('is the published one unless another is asked for', () => {
    for (const search of ['', '?models=', '?other=1']) {
      const { isPublished, url } = readModelsAddress(search, SITE)
      expect([isPublished, url]).toEqual([true, 'https://example.org/converge/models/'])
    }
  })

  it.each([
    ['?models=/mine/', 'https://example.org/mine/'],
    ['?models=/mine', 'https://example.org/mine/'],
    ['?models=mine', 'https://example.org/converge/mine/'],
    ['?models=https://example.org/mine//', 'https://example.org/mine/'],
  ])('takes a folder of the same site: %s', (search, url) => {
    expect(readModelsAddress(search, SITE)).toMatchObject({ isPublished: false, url })
  })

  it.each([
    '//elsewhere.net/models/',
    'https://elsewhere.net/',
    'http://example.org/mine/',
    'data:,x',
    'https://',
  ])('refuses what is not of this site: %s', (wanted) => {
    const address = readModelsAddress(`?models=${encodeURIComponent(wanted)}`, SITE)
    expect(() => address.url).toThrow(/only come from this site.*example\.org/)
  })
})
