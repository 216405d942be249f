/**
 * Owns: which transcript belongs to which recording: a text file of the same name, or an entry of a JSON file
 * (`{"a.wav": "what was said"}`), by the name with or without its ending.
 */
import { ConvergeError } from '../../speech/errors'

export interface NamedText {
  readonly name: string
  readonly text: string
}

export type Transcripts = ReadonlyMap<string, string>

export const isTranscriptName = (name: string): boolean => /\.(txt|json)$/i.test(name)

/** `Folder/A.wav` -> `a` */
export const toStem = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[A-Za-z0-9]{1,5}$/, '').toLowerCase()

/** Those that come later win. @throws ConvergeError `text-unreadable` for JSON of another shape */
export function readTranscripts(files: readonly NamedText[]): Transcripts {
  const found = new Map<string, string>()
  for (const { name, text } of files) {
    if (!/\.json$/i.test(name)) found.set(toStem(name), text.trim())
    else for (const [recording, said] of readJson(name, text)) found.set(toStem(recording), said.trim())
  }
  return found
}

function readJson(name: string, text: string): [string, string][] {
  const refuse = () =>
    new ConvergeError(
      'text-unreadable',
      `${name} holds no transcripts. It should look like {"a.wav": "what was said"}.`,
      { file: name },
    )
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw refuse()
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw refuse()
  return Object.entries(parsed).map(([recording, said]): [string, string] => {
    if (typeof said !== 'string') throw refuse()
    return [recording, said]
  })
}
