/**
 * Owns: how single values look in a link, and which texts are believed: numbers, names, lists, voices, branches, bytes.
 * Each is a schema from text to value; what it refuses has no other effect.
 */
import * as v from 'valibot'
import { isSpeechPhone } from '../2-phones/inventory'
import { parsePhones } from '../2-phones/phones-text'
import type { Pronunciations } from '../2-phones/plan-phones'
import type { Phone } from '../3-units/vocabulary'
import type { TakeTokens } from '../takes/take'
import type { Branch } from '../takes/tree'
import { base64urlToBytes, bytesToBase64url } from './base64url'
import { bytesToTake } from './pack-take'
import { LINK_LIMITS, type LinkVoice } from './state'

export type TextSchema<Value> = v.GenericSchema<string, Value>

const decimal = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,16}(\.\d{1,30})?(e[+-]?\d{1,3})?$/),
  // -0 is 0.
  v.transform((text) => Number(text) + 0),
  v.finite(),
)

export const numberIn = (lowest: number, highest: number) =>
  v.pipe(decimal, v.minValue(lowest), v.maxValue(highest))
export const numberAbove = (bound: number, highest: number) =>
  v.pipe(decimal, v.gtValue(bound), v.maxValue(highest))
export const wholeIn = (lowest: number, highest: number) =>
  v.pipe(decimal, v.safeInteger(), v.minValue(lowest), v.maxValue(highest))
export const seed = wholeIn(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
/** What a control's or a voice's name may be. */
export const name = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/))

export const listOf = <Item>(item: TextSchema<Item>, most: number) =>
  v.pipe(
    v.string(),
    // One piece more than allowed is enough to refuse.
    v.transform((text) => text.split(',', most + 1)),
    v.array(item),
    v.minLength(1),
    v.maxLength(most),
  )

export const pairOf = <First, Second>(first: TextSchema<First>, second: TextSchema<Second>) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.split(':', 3)),
    v.strictTuple([first, second]),
  )

const weight = numberIn(0, 1000)
const vector = v.pipe(v.string(), v.startsWith('~'), maybe(textToVector))

/** `af_heart`, `af_heart:0.7,bm_george:0.3`, or `~` and the vector's bytes. */
export const voice: TextSchema<LinkVoice> = v.union([
  v.pipe(
    name,
    v.transform((name): LinkVoice => ({ kind: 'name', name })),
  ),
  v.pipe(
    listOf(
      v.pipe(
        pairOf(name, weight),
        v.transform(([name, weight]) => ({ name, weight })),
      ),
      LINK_LIMITS.mixedVoices,
    ),
    v.check((parts) => parts.some(({ weight }) => weight > 0)),
    v.transform((parts): LinkVoice => ({ kind: 'mix', parts })),
  ),
  v.pipe(
    vector,
    v.transform((vector): LinkVoice => ({ kind: 'vector', vector })),
  ),
])

export function voiceToText(voice: LinkVoice): string {
  switch (voice.kind) {
    case 'name':
      return voice.name
    case 'mix':
      return voice.parts.map(({ name, weight }) => `${name}:${weight}`).join(',')
    case 'vector':
      return `~${bytesToBase64url(new Uint8Array(Float32Array.from(voice.vector).buffer))}`
  }
}

/** `step:token`, with new noise `step:token:seed`. */
export const branch: TextSchema<Branch> = v.pipe(
  v.string(),
  v.transform((text) => text.split(':', 4)),
  v.union([
    v.pipe(
      v.strictTuple([wholeIn(0, 1e6), wholeIn(0, 1e5)]),
      v.transform(([step, token]): Branch => ({ step, token, noise: { kind: 'same' } })),
    ),
    v.pipe(
      v.strictTuple([wholeIn(0, 1e6), wholeIn(0, 1e5), seed]),
      v.transform(([step, token, seed]): Branch => ({ step, token, noise: { kind: 'new', seed } })),
    ),
  ]),
)

export const branchToText = ({ step, token, noise }: Branch): string =>
  [step, token, ...(noise.kind === 'new' ? [noise.seed] : [])].join(':')

export const phones: TextSchema<readonly Phone[]> = v.pipe(
  v.string(),
  maybe((text) => {
    try {
      return parsePhones(text)
    } catch {
      return undefined
    }
  }),
  v.maxLength(LINK_LIMITS.phones),
)

/** `zorblax:Z AO1 R,gif:JH IH1 F` */
export const pronunciations = v.pipe(
  listOf(
    pairOf(
      v.pipe(v.string(), v.regex(/^[a-z']{1,60}$/)),
      v.pipe(
        v.string(),
        v.transform((text) => text.split(' ', LINK_LIMITS.phones)),
        v.array(v.pipe(v.string(), v.check(isSpeechPhone))),
      ),
    ),
    LINK_LIMITS.pronunciations,
  ),
  v.transform((pairs): Pronunciations => new Map(pairs)),
)

export const pronunciationsToText = (typed: Pronunciations): string =>
  Array.from(typed, ([word, phones]) => `${word}:${phones.join(' ')}`).join(',')

export const tokens: TextSchema<TakeTokens> = v.pipe(
  v.string(),
  maybe((text) => {
    const bytes = base64urlToBytes(text)
    return bytes && bytesToTake(bytes)
  }),
)

function textToVector(text: string): number[] | undefined {
  const bytes = base64urlToBytes(text.slice(1))
  if (!bytes || bytes.length === 0 || bytes.length % 4 > 0 || bytes.length / 4 > LINK_LIMITS.voiceNumbers)
    return undefined
  const vector = Array.from(new Float32Array(bytes.buffer))
  return vector.every(Number.isFinite) ? vector : undefined
}

/** What `read` refuses by giving undefined is an issue. */
function maybe<Value>(read: (text: string) => Value | undefined) {
  return v.rawTransform<string, Value>(({ dataset, addIssue, NEVER }) => {
    const value = read(dataset.value)
    if (value !== undefined) return value
    addIssue({ message: 'unreadable' })
    return NEVER
  })
}
