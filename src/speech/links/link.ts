/**
 * Owns: the page's state as a link and back. A link is a query string, meant for the part behind #, which no server sees:
 *
 *     v=1&text=Good+morning.&T=0,0.6,1.2&seeds=1,2&take=0:2
 *
 * Reading never fails: a value that is not believed becomes the usual one, and a note says so. Nothing starts by itself.
 */
import * as v from 'valibot'
import { ConvergeError } from '../errors'
import { MAX_GRID_CELLS } from '../takes/grid'
import { FIELDS, type Field } from './fields'
import { DEFAULT_STATE, LINK_LIMITS, type LinkState } from './state'

const VERSION = 1

export interface ReadLink {
  readonly state: LinkState
  /** One line for each value that was not believed. */
  readonly notes: readonly string[]
}

/** @throws ConvergeError `text-too-long` where the state is more than a link holds, in all or in one field */
export function stateToLink(state: LinkState): string {
  const pairs = Object.values(FIELDS).flatMap(({ key, wanted, schema, write }) => {
    const text = write(state)
    if (text === undefined || text === write(DEFAULT_STATE)) return []
    if (v.is(schema, text)) return [[key, text] as const]
    throw new ConvergeError(
      'text-too-long',
      `This is more than a link can hold: “${key}” should be ${wanted}.`,
      {
        field: key,
        wanted,
      },
    )
  })
  const link = [['v', String(VERSION)] as const, ...pairs]
    .map(([key, text]) => `${key}=${escapeValue(text)}`)
    .join('&')
  if (link.length <= LINK_LIMITS.characters) return link
  throw new ConvergeError(
    'text-too-long',
    `This is more than a link can hold: ${link.length} characters of ${LINK_LIMITS.characters}. Take a shorter text.`,
    { wanted: LINK_LIMITS.characters, found: link.length },
  )
}

/** @param link with or without its # or ? */
export function linkToState(link: string): ReadLink {
  if (link.length > LINK_LIMITS.characters) {
    return {
      state: DEFAULT_STATE,
      notes: [
        `This link has ${link.length} characters, more than a link of this page ever has. It was not read.`,
      ],
    }
  }
  const pairs = new URLSearchParams(link.replace(/^[#?]/, ''))
  const version = pairs.get('v')
  if (version !== null && version !== String(VERSION)) {
    const note = `This link is of version “${shorten(version)}”, which this page doesn't know. Reload the page, or ask for a new link.`
    return { state: DEFAULT_STATE, notes: [note] }
  }
  const notes: string[] = []
  function read<Value>({ key, wanted, schema, usual }: Field<Value>): Value {
    const text = pairs.get(key)
    if (text === null) return usual
    const parsed = v.safeParse(schema, text, { abortEarly: true })
    if (parsed.success) return parsed.output
    notes.push(
      `“${key}” in the link should be ${wanted}; it is “${shorten(text)}”, so the usual value is used.`,
    )
    return usual
  }
  const state: LinkState = {
    view: read(FIELDS.view),
    text: read(FIELDS.text),
    phones: read(FIELDS.phones),
    pronunciations: read(FIELDS.pronunciations),
    voice: read(FIELDS.voice),
    moves: {
      pitchSemitones: read(FIELDS.pitchSemitones),
      pace: read(FIELDS.pace),
      breathinessDb: read(FIELDS.breathinessDb),
    },
    temperature: read(FIELDS.temperature),
    grid: {
      temperatures: read(FIELDS.temperatures),
      seeds: read(FIELDS.seeds),
      sharedNoise: read(FIELDS.sharedNoise),
    },
    cuts: { topK: read(FIELDS.topK), topP: read(FIELDS.topP), minP: read(FIELDS.minP) },
    chosen: read(FIELDS.chosen),
    branches: read(FIELDS.branches),
    step: read(FIELDS.step),
    hidden: read(FIELDS.hidden),
    lesson: read(FIELDS.lesson),
    tokens: read(FIELDS.tokens),
  }
  return { state: reconcile(state, notes), notes }
}

/** Values that are each right may still not fit one another. */
function reconcile(state: LinkState, notes: string[]): LinkState {
  let { grid, chosen, branches } = state
  const cells = grid.temperatures.length * grid.seeds.length
  if (cells > MAX_GRID_CELLS) {
    notes.push(`The link asks for ${cells} takes; at most ${MAX_GRID_CELLS} fit, so the usual grid is used.`)
    grid = DEFAULT_STATE.grid
  }
  if (chosen && (chosen.row >= grid.seeds.length || chosen.column >= grid.temperatures.length)) {
    notes.push(
      `The link chooses take ${chosen.row}:${chosen.column}, which its grid lacks, so none is chosen.`,
    )
    chosen = undefined
  }
  if (!chosen && !state.tokens && branches.length > 0) {
    notes.push('The link has a branch but no take that it leaves, so it is left out.')
    branches = []
  }
  return { ...state, grid, chosen, branches }
}

/** Readable where a URL allows it; a lone surrogate, which no URL can hold, becomes the replacement sign. */
function escapeValue(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll('%20', '+')
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
}

const NOTE_CHARACTERS = 40

function shorten(text: string): string {
  return text.length <= NOTE_CHARACTERS ? text : `${text.slice(0, NOTE_CHARACTERS)}…`
}
