/**
 * Owns: cursors of this engine: streams by number, each with a slot of the store; logits come back with every feed.
 */
import { findStream, type LmCursor, type StreamId } from '../lm-engine'
import { createFeeder, type LmDevice } from './lm-device'
import { readBack } from './read-back'
import { StreamStore } from './stream-store'

interface CursorStream {
  readonly slot: number
  length: number
}

/** As many as listening keeps histories, so that a search seldom makes its cursor grow. */
const FIRST_SLOTS = 8
const FIRST_POSITIONS = 256

export function createCursor(lm: LmDevice): LmCursor {
  const { guard, context, rung } = lm
  const store = new StreamStore(guard, context.shape, {
    slots: FIRST_SLOTS,
    positions: FIRST_POSITIONS,
    mostPositions: rung.mostPositions,
    isJoined: false,
  })
  const feeder = createFeeder(lm, store)
  const streams = new Map<StreamId, CursorStream>()
  const freeSlots: number[] = []
  let slotsUsed = 0
  let lastId = -1

  const find = (stream: StreamId): CursorStream => findStream(streams, stream)

  function add(length: number): [StreamId, CursorStream] {
    const slot = freeSlots.pop() ?? slotsUsed++
    store.reserve(slotsUsed, length)
    const stream = { slot, length }
    lastId += 1
    streams.set(lastId, stream)
    return [lastId, stream]
  }

  return {
    open(voice) {
      const [id, { slot }] = add(0)
      store.writeVoice(slot, voice)
      return id
    },
    async feed(feeds) {
      const found = feeds.map(({ stream, tokens }) => ({ stream: find(stream), tokens }))
      const positions = Math.max(0, ...found.map(({ stream, tokens }) => stream.length + tokens.length))
      store.reserve(slotsUsed, positions)
      await feeder.feed(found.map(({ stream, tokens }) => ({ ...stream, tokens })))
      for (const { stream, tokens } of found) stream.length += tokens.length
      const bytes = store.logitsBytes
      const spans = found.map(({ stream }) => ({
        buffer: store.buffers.logits,
        offset: stream.slot * bytes,
        bytes,
      }))
      if (spans.length === 0) return []
      const logits = await readBack(guard, spans)
      return spans.map((_, i) => new Float32Array(logits, i * bytes, context.shape.vocabularySize).slice())
    },
    length: (stream) => find(stream).length,
    branch(stream) {
      const from = find(stream)
      const [id, to] = add(from.length)
      store.copy(from.slot, to.slot, from.length)
      return id
    },
    rewind(stream, length) {
      find(stream).length = length
    },
    close(stream) {
      freeSlots.push(find(stream).slot)
      streams.delete(stream)
    },
    dispose() {
      streams.clear()
      feeder.destroy()
      store.destroy()
    },
  }
}
