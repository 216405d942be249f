import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toFileName } from './file-name'

describe('a file name', () => {
  it('says what the file holds', () => {
    expect(toFileName('The quick brown fox!', ['af_heart', 'T0.6', 'seed3'], 'wav')).toBe(
      'the-quick-brown-fox_af_heart_T0.6_seed3.wav',
    )
    expect(toFileName("It isn't Zoë's café.", [], 'srt')).toBe('it-isnt-zoes-cafe.srt')
    expect(toFileName('日本', ['a/b\\c'], 'csv')).toBe('speech_a-b-c.csv')
    expect(toFileName('CON', [], 'txt')).toBe('speech.txt')
  })

  it('is one that every system takes, whatever was said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (text, parts) => {
        expect(toFileName(text, parts, 'wav')).toMatch(/^[a-z0-9][A-Za-z0-9._-]*\.wav$/)
      }),
    )
  })
})
