/**
 * Owns: the one table of a link's fields: the key, what may stand there, and how it is written. What equals the default is
 * not written, so a default may only change with the link's version.
 */
import * as v from 'valibot'
import { formatPhones } from '../2-phones/phones-text'
import { MOVE_LIMITS } from '../4-wave/moves'
import { bytesToBase64url } from './base64url'
import { takeToBytes } from './pack-take'
import {
  branch,
  branchToText,
  listOf,
  name,
  numberAbove,
  numberIn,
  pairOf,
  phones,
  pronunciations,
  pronunciationsToText,
  seed,
  tokens,
  voice,
  voiceToText,
  wholeIn,
  type TextSchema,
} from './parts'
import { DEFAULT_STATE, LINK_LIMITS, VIEWS, type LinkState } from './state'

export interface Field<Value> {
  readonly key: string
  /** Completes “… should be”. */
  readonly wanted: string
  readonly schema: TextSchema<Value>
  /** undefined where there is nothing to say. */
  readonly write: (state: LinkState) => string | undefined
  readonly usual: Value
}

const { grid, cuts, moves } = DEFAULT_STATE
const field = <Value>(one: Field<Value>): Field<Value> => one

const list = (items: readonly (string | number)[]): string | undefined =>
  items.length > 0 ? items.join(',') : undefined

const move = (key: string, part: keyof typeof MOVE_LIMITS) =>
  field({
    key,
    wanted: `a number from ${MOVE_LIMITS[part].join(' to ')}`,
    schema: numberIn(...MOVE_LIMITS[part]),
    write: (state) => String(state.moves[part]),
    usual: moves[part],
  })

export const FIELDS = {
  view: field({
    key: 'view',
    wanted: `one of ${VIEWS.join(', ')}`,
    schema: v.pipe(v.string(), v.picklist(VIEWS)),
    write: ({ view }) => view,
    usual: DEFAULT_STATE.view,
  }),
  text: field({
    key: 'text',
    wanted: `at most ${LINK_LIMITS.textCharacters} characters`,
    schema: v.pipe(v.string(), v.maxLength(LINK_LIMITS.textCharacters)),
    write: ({ text }) => text,
    usual: DEFAULT_STATE.text,
  }),
  phones: field<LinkState['phones']>({
    key: 'phones',
    wanted: `up to ${LINK_LIMITS.phones} ARPAbet phones, such as HH AH0 L OW1`,
    schema: phones,
    write: ({ phones }) => phones && formatPhones(phones),
    usual: undefined,
  }),
  pronunciations: field<LinkState['pronunciations']>({
    key: 'say',
    wanted: `up to ${LINK_LIMITS.pronunciations} words with their phones, such as gif:JH IH1 F`,
    schema: pronunciations,
    write: (state) => pronunciationsToText(state.pronunciations) || undefined,
    usual: DEFAULT_STATE.pronunciations,
  }),
  voice: field({
    key: 'voice',
    wanted: 'a voice’s name, names with weights, or a vector',
    schema: voice,
    write: (state) => voiceToText(state.voice),
    usual: DEFAULT_STATE.voice,
  }),
  pitchSemitones: move('pitch', 'pitchSemitones'),
  pace: move('pace', 'pace'),
  breathinessDb: move('breath', 'breathinessDb'),
  temperature: field({
    key: 'temp',
    wanted: `a number from 0 to ${LINK_LIMITS.temperature}`,
    schema: numberIn(0, LINK_LIMITS.temperature),
    write: (state) => String(state.temperature),
    usual: DEFAULT_STATE.temperature,
  }),
  temperatures: field({
    key: 'T',
    wanted: `1 to ${LINK_LIMITS.temperatures} temperatures from 0 to 100, with commas between them`,
    schema: listOf(numberIn(0, 100), LINK_LIMITS.temperatures),
    write: (state) => list(state.grid.temperatures),
    usual: grid.temperatures,
  }),
  seeds: field({
    key: 'seeds',
    wanted: `1 to ${LINK_LIMITS.seeds} whole numbers, with commas between them`,
    schema: listOf(seed, LINK_LIMITS.seeds),
    write: (state) => list(state.grid.seeds),
    usual: grid.seeds,
  }),
  sharedNoise: field({
    key: 'noise',
    wanted: 'none, columns or rows',
    schema: v.pipe(v.string(), v.picklist(['none', 'columns', 'rows'])),
    write: (state) => state.grid.sharedNoise,
    usual: grid.sharedNoise,
  }),
  topK: field({
    key: 'topk',
    wanted: 'a whole number from 0 to 100000',
    schema: wholeIn(0, 100_000),
    write: (state) => String(state.cuts.topK),
    usual: cuts.topK,
  }),
  topP: field({
    key: 'topp',
    wanted: 'a number above 0 and at most 1',
    schema: numberAbove(0, 1),
    write: (state) => String(state.cuts.topP),
    usual: cuts.topP,
  }),
  minP: field({
    key: 'minp',
    wanted: 'a number from 0 to 1',
    schema: numberIn(0, 1),
    write: (state) => String(state.cuts.minP),
    usual: cuts.minP,
  }),
  chosen: field<LinkState['chosen']>({
    key: 'take',
    wanted: 'a row and a column of the grid, such as 0:2',
    schema: v.pipe(
      pairOf(wholeIn(0, LINK_LIMITS.seeds - 1), wholeIn(0, LINK_LIMITS.temperatures - 1)),
      v.transform(([row, column]) => ({ row, column })),
    ),
    write: ({ chosen }) => chosen && `${chosen.row}:${chosen.column}`,
    usual: undefined,
  }),
  branches: field({
    key: 'branch',
    wanted: `up to ${LINK_LIMITS.branches} branches, each a step, a token and perhaps a seed, such as 12:345`,
    schema: listOf(branch, LINK_LIMITS.branches),
    write: ({ branches }) => list(branches.map(branchToText)),
    usual: DEFAULT_STATE.branches,
  }),
  step: field<LinkState['step']>({
    key: 'step',
    wanted: 'a whole number',
    schema: wholeIn(0, 1e6),
    write: ({ step }) => (step === undefined ? undefined : String(step)),
    usual: undefined,
  }),
  hidden: field({
    key: 'hide',
    wanted: 'names of controls, with commas between them',
    schema: listOf(name, LINK_LIMITS.hidden),
    write: ({ hidden }) => list(hidden),
    usual: DEFAULT_STATE.hidden,
  }),
  lesson: field<LinkState['lesson']>({
    key: 'lesson',
    wanted: 'a lesson’s name',
    schema: name,
    write: ({ lesson }) => lesson,
    usual: undefined,
  }),
  tokens: field<LinkState['tokens']>({
    key: 'tokens',
    wanted: 'the packed tokens of a take',
    schema: tokens,
    write: ({ tokens }) => tokens && bytesToBase64url(takeToBytes(tokens)),
    usual: undefined,
  }),
}
