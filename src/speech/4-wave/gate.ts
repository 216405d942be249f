/**
 * Owns: where somebody speaks: an energy gate with hysteresis over blocks of 20 ms. It opens when the sound rises above the
 * floor, which follows the quietest moment of the last seconds, and closes after a pause. Whoever does not pause is cut at
 * the quietest moment of late, where there are rarely words. State goes in and comes out; the utterances are the same
 * whatever the chunks. Knows no network and no clock: time is counted in samples.
 */
import { joinSamples } from './join'
import { quietestPlace } from './quietest'

const BLOCK_SECONDS = 0.02
/** The floor is the quietest block of this long a stretch; speech has a dip in it, noise is its own floor. */
const FLOOR_SECONDS = 2.5
/** Before that much was heard, the floor is at most this. */
const FIRST_FLOOR_DB = -50
const LOWEST_FLOOR_DB = -75
const OPEN_DB = 10
const CLOSE_DB = 6
/** Below, nothing opens the gate. */
const QUIETEST_DB = -60
const OPEN_BLOCKS = 3
const PAUSE_SECONDS = 0.6
/** An utterance as long as this ends at a shorter pause. */
const LONG_SECONDS = 9
const SHORT_PAUSE_SECONDS = 0.2
/** With both margins this is heard in one stretch. */
const LONGEST_SECONDS = 14
/** Quiet is judged over this many blocks, about the closure of a stop. */
const QUIET_BLOCKS = 5
/** Kept before the first and after the last loud block. */
const MARGIN_SECONDS = 0.3

export interface GateState {
  /** Mean levels of the last blocks, dB of full scale. */
  readonly recentDb: readonly number[]
  /** Samples of a block that isn't whole yet. */
  readonly rest: Float32Array
  readonly blocks: number
  readonly loudBlocks: number
  readonly lastLoudBlock: number
  /** The block at which the open utterance began to be loud. */
  readonly openBlock: number | undefined
  /** No utterance reaches back behind this block. */
  readonly freeBlock: number
}

/** Samples of the recording, half-open. */
export interface UtteranceRange {
  readonly start: number
  readonly end: number
}

export interface GateStep {
  readonly state: GateState
  readonly closed: readonly UtteranceRange[]
  /** Where the open utterance begins. */
  readonly openStart: number | undefined
}

export const GATE_START: GateState = {
  recentDb: [],
  rest: new Float32Array(0),
  blocks: 0,
  loudBlocks: 0,
  lastLoudBlock: 0,
  openBlock: undefined,
  freeBlock: 0,
}

/** `isLast` closes what is open. */
export function gateChunk(
  state: GateState,
  chunk: Float32Array,
  sampleRateHz: number,
  isLast = false,
): GateStep {
  const size = Math.round(BLOCK_SECONDS * sampleRateHz)
  const samples = joinSamples([state.rest, chunk])
  const closed: UtteranceRange[] = []
  let now = state
  let at = 0
  for (; at + size <= samples.length; at += size) {
    now = gateBlock(now, levelDb(samples.subarray(at, at + size)))
    const isTooLong = now.openBlock !== undefined && now.blocks - now.openBlock >= inBlocks(LONGEST_SECONDS)
    const end = isTooLong ? quietestBlock(now) : endOfUtterance(now)
    if (end === undefined) continue
    closed.push(toRange(now, end, size))
    now = { ...now, openBlock: isTooLong ? end : undefined, loudBlocks: 0, freeBlock: end }
  }
  now = { ...now, rest: samples.slice(at) }
  if (isLast && now.openBlock !== undefined) {
    const { start, end } = toRange(now, withMargin(now), size)
    const whole = now.blocks * size + now.rest.length
    closed.push({ start, end: Math.min(end, whole) })
    now = { ...now, openBlock: undefined }
  }
  const openStart = now.openBlock === undefined ? undefined : toRange(now, now.blocks, size).start
  return { state: now, closed, openStart }
}

function gateBlock(state: GateState, db: number): GateState {
  const most = FLOOR_SECONDS / BLOCK_SECONDS
  const recentDb = [...state.recentDb.slice(-(most - 1)), db]
  const first = recentDb.length < most ? FIRST_FLOOR_DB : Infinity
  const floor = Math.max(LOWEST_FLOOR_DB, Math.min(first, ...recentDb))
  const isOpen = state.openBlock !== undefined
  const isLoud = db > Math.max(floor + (isOpen ? CLOSE_DB : OPEN_DB), QUIETEST_DB)
  const loudBlocks = isLoud ? state.loudBlocks + 1 : isOpen ? state.loudBlocks : 0
  const opens = !isOpen && loudBlocks >= OPEN_BLOCKS
  return {
    ...state,
    recentDb,
    blocks: state.blocks + 1,
    loudBlocks,
    lastLoudBlock: isLoud ? state.blocks : state.lastLoudBlock,
    openBlock: opens ? state.blocks - OPEN_BLOCKS + 1 : state.openBlock,
  }
}

const inBlocks = (seconds: number): number => Math.round(seconds / BLOCK_SECONDS)

/** The block behind the utterance, if it is over. */
function endOfUtterance(state: GateState): number | undefined {
  const { openBlock, blocks, lastLoudBlock } = state
  if (openBlock === undefined) return undefined
  const length = blocks - openBlock
  const pause = length >= inBlocks(LONG_SECONDS) ? SHORT_PAUSE_SECONDS : PAUSE_SECONDS
  return blocks - 1 - lastLoudBlock >= inBlocks(pause) ? withMargin(state) : undefined
}

const quietestBlock = ({ recentDb, blocks }: GateState): number =>
  blocks - recentDb.length + quietestPlace(recentDb, QUIET_BLOCKS)

const withMargin = ({ lastLoudBlock, blocks }: GateState): number =>
  Math.min(blocks, lastLoudBlock + 1 + inBlocks(MARGIN_SECONDS))

function toRange({ openBlock = 0, freeBlock }: GateState, endBlock: number, size: number): UtteranceRange {
  const start = Math.max(freeBlock, openBlock - inBlocks(MARGIN_SECONDS))
  return { start: start * size, end: endBlock * size }
}

/** Of the samples that are numbers: one that is not would spoil the floor as long as it is remembered. */
function levelDb(block: Float32Array): number {
  const finite = block.filter(Number.isFinite)
  const energy = finite.reduce((sum, sample) => sum + sample ** 2, 0)
  return 10 * Math.log10(energy / Math.max(1, finite.length) + 1e-12)
}
