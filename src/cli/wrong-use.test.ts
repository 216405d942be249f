/**
 * Every wrong use of the command line ends with exit code 2, nothing on stdout and exactly one line on stderr that says
 * what is wrong. Three of them run as programs, one before models are opened, one after, one at a recording; the program
 * is nothing but the function that is called in the others.
 */
import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { callConverge, clipPath, makeFolder, runConverge } from './testing/run-converge'

const CLIP = clipPath('sense-0880.wav')
/** A folder that is not there: nothing may be written by a wrong use. */
const OUT = '/nowhere/out.wav'

const wrongUses: readonly (readonly [says: string, args: readonly string[]])[] = [
  ['say, listen, tokens, doctor', []],
  ['say, listen, tokens, doctor', ['sing', 'la']],
  ['say, listen, tokens, doctor', ['constructor']],
  ['one text', ['say', '--out', OUT]],
  ['one text', ['say', 'two', 'texts', '--out', OUT]],
  ['--out FILE.wav', ['say', 'Hello.']],
  ['--volume', ['say', 'Hello.', '--volume', '11', '--out', OUT]],
  ['--temperature', ['say', 'Hello.', '--temperature', 'warm', '--out', OUT]],
  ['--temperature', ['say', 'Hello.', '--temperature=-1', '--out', OUT]],
  ['--top-p', ['say', 'Hello.', '--top-p', '2', '--out', OUT]],
  ['--seed', ['say', 'Hello.', '--seed', '1.5', '--out', OUT]],
  ['--takes', ['say', 'Hello.', '--takes', '0', '--out', OUT]],
  ['--takes wants a whole number from 1 to 100', ['say', 'Hello.', '--takes', '1e9', '--out', OUT]],
  ['--seed is given twice', ['say', 'Hello.', '--seed', '1', '--seed=2', '--out', OUT]],
  ['--engine', ['say', 'Hello.', '--engine', 'steam', '--out', OUT]],
  ['nobody', ['say', 'Hello.', '--voice', 'nobody', '--out', OUT]],
  ['XX', ['say', 'Hello.', '--phones', 'HH XX', '--out', OUT]],
  ['AH0, AH1 or AH2', ['say', 'Hello.', '--phones', 'HH AH', '--out', OUT]],
  ['no text', ['say', '  ', '--out', OUT]],
  ['read aloud', ['say', '🦊', '--out', OUT]],
  [OUT, ['say', 'Hi.', '--out', OUT]],
  ['at least one recording', ['listen']],
  ['/nowhere/in.wav', ['listen', '/nowhere/in.wav']],
  ['/nowhere/in.wav', ['listen', CLIP, '/nowhere/in.wav']],
  ['is a folder', ['listen', CLIP, '/']],
  ['--tokenizer', ['listen', CLIP, '--tokenizer', 'ears']],
  ['--beam', ['listen', CLIP, '--beam', '0']],
  ['--beam', ['listen', CLIP, '--beam', '1000000']],
  ['--close', ['listen', CLIP, '--close', '--beam', '8']],
  ['--json', ['tokens', CLIP]],
  ['--out', ['tokens', '--decode', 'tokens.json']],
  ['/nowhere/tokens.json', ['tokens', '--decode', '/nowhere/tokens.json', '--out', OUT]],
  ['a.wav', ['tokens', 'a.wav', '--decode', 'tokens.json', '--out', OUT]],
  ['--fast', ['doctor', '--fast']],
  ['fast', ['doctor', 'fast']],
]

/** What a run ended with, in the form that every wrong use has to have. */
async function refusalOf(args: readonly string[], run = callConverge): Promise<string> {
  const { code, stdout, stderr } = await run(...args)
  expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ code: 2, stdout: '', lines: 1 })
  expect(stderr).toMatch(/^converge: .+\n$/)
  return stderr
}

describe('wrong use', () => {
  it.each(wrongUses)('says “%s” for %j', async (says, args) => {
    expect(await refusalOf(args)).toContain(says)
  })

  it.each([
    ['say, listen, tokens, doctor', ['sing', 'la']],
    ['nobody', ['say', 'Hello.', '--voice', 'nobody', '--out', OUT]],
    ['/nowhere/in.wav', ['listen', '/nowhere/in.wav']],
  ])('says “%s” for %j as a program', async (says, args) => {
    expect(await refusalOf(args, runConverge)).toContain(says)
  })

  const badFiles: readonly (readonly [what: string, content: string | Uint8Array, says: string])[] = [
    ['text', 'These are no sounds at all.', 'no WAV file'],
    ['nothing', '', 'too short'],
    ['a FLAC file’s first bytes', 'fLaC and nothing more', 'FLAC'],
    ['a WAV file’s first bytes', 'RIFF\u0000\u0000\u0000\u0000WAVE', 'fmt'],
  ]
  it.each(badFiles)('names the trouble with a recording that is %s', async (_, content, says) => {
    const place = await makeFolder()
    await writeFile(place('bad.wav'), content)
    expect(await refusalOf(['listen', place('bad.wav')])).toContain(says)
  })

  const badTokens: readonly (readonly [says: string, content: string])[] = [
    ['holds no tokens', 'no JSON'],
    ['holds no tokens', '{"units": []}'],
    ['holds no tokens', '{"units": [1.5], "voice": []}'],
    ['1024', '{"units": [1, 1024]}'],
    ['voice', '{"units": [1, 2], "voice": [1, 2, 3]}'],
  ]
  it.each(badTokens)('says “%s” for tokens that are %s', async (says, content) => {
    const place = await makeFolder()
    await writeFile(place('tokens.json'), content)
    const args = ['tokens', '--decode', place('tokens.json'), '--out', place('out.wav')]
    expect(await refusalOf(args)).toContain(says)
  })
})
