import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ConvergeError } from '../errors'
import { parseLexicon } from './lexicon'

const SMALL = "a EY1\na(2) AH0\nan AE1 N\nan't AE1 N T\n"

describe('parseLexicon', () => {
  it('finds the usual form and all forms', () => {
    const lexicon = parseLexicon(SMALL)
    expect(lexicon.size).toBe(3)
    expect(lexicon.lookup('a')).toEqual(['EY1'])
    expect(lexicon.forms('a')).toEqual([['EY1'], ['AH0']])
    expect(lexicon.forms("an't")).toEqual([['AE1', 'N', 'T']])
    expect([...lexicon.words()]).toEqual(['a', 'an', "an't"])
  })

  it('knows what it does not know', () => {
    const lexicon = parseLexicon(SMALL)
    expect(lexicon.has('b') || lexicon.has('a(2)') || lexicon.has('constructor')).toBe(false)
    expect(lexicon.lookup('b')).toBeUndefined()
    expect(lexicon.forms('b')).toEqual([])
  })

  it('needs no line feed at the end', () => {
    expect(parseLexicon('a EY1').lookup('a')).toEqual(['EY1'])
  })

  it.each(['', 'a', 'a EY1\nbroken\n', '\n', 'a \n'])('refuses “%s”', (text) => {
    expect(() => parseLexicon(text)).toThrow(ConvergeError)
  })

  it('reads the lexicon of the models', () => {
    const lexicon = parseLexicon(gunzipSync(readFileSync('public/models/lexicon.gzip')).toString())
    expect(lexicon.size).toBeGreaterThan(120_000)
    expect(lexicon.lookup('read')).toEqual(['R', 'IY1', 'D'])
    expect(lexicon.forms('read')).toContainEqual(['R', 'EH1', 'D'])
  })
})
