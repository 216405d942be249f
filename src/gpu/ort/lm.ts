/**
 * Owns: the reference engine: the language model's ONNX graph on ONNX Runtime Web, one call a step for all streams. The
 * graph returns only the new keys and values; the cache is kept here.
 */
import type { PlacedToken } from '../../speech/3-units/streams'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { Manifest } from '../../speech/manifest'
import { findStream, type Feed, type LmCursor, type LmEngine, type StreamId } from '../lm-engine'
import { startRuleBatch } from '../rule-batch'
import { KvCache } from './kv-cache'
import { floatOutput, floats, integers, type InferenceSession } from './runtime'

export function createOrtLm(session: InferenceSession, manifest: Manifest, vocabulary: Vocabulary): LmEngine {
  const { layers, heads, headDim } = manifest.lm
  const nothing: PlacedToken = { id: vocabulary.eos, time: 0, phone: 0 }
  const openCursor = () => createCursor()

  /** Logits (row, vocabulary) and the new keys and values of equally long rows of tokens. */
  async function forward(
    rows: readonly (readonly PlacedToken[])[],
    voices: readonly Float32Array[],
    past: { readonly data: Float32Array; readonly dims: readonly number[] },
    lengths: readonly number[],
  ): Promise<{ logits: Float32Array; present: Float32Array }> {
    const dims = [rows.length, rows[0].length]
    const tokens = rows.flat()
    const voice = new Float32Array(rows.length * manifest.voiceDim)
    voices.forEach((vector, i) => voice.set(vector, i * manifest.voiceDim))
    const outputs = await session.run({
      tokens: integers(
        tokens.map(({ id }) => id),
        dims,
      ),
      time: integers(
        tokens.map(({ time }) => time),
        dims,
      ),
      phone: integers(
        tokens.map(({ phone }) => phone),
        dims,
      ),
      voice: floats(voice, [rows.length, manifest.voiceDim]),
      past: floats(past.data, past.dims),
      past_length: integers(lengths, [rows.length]),
    })
    return { logits: floatOutput(outputs, 'logits'), present: floatOutput(outputs, 'present') }
  }

  function createCursor(): LmCursor {
    const cache = new KvCache({ layers, heads, headDim })
    /** In the order of their rows in the cache. */
    const voices = new Map<StreamId, Float32Array>()
    let lastId = -1
    const add = (voice: Float32Array): StreamId => {
      lastId += 1
      voices.set(lastId, voice)
      return lastId
    }
    const rowOf = (stream: StreamId): number => {
      findStream(voices, stream)
      return [...voices.keys()].indexOf(stream)
    }
    const row = (logits: Float32Array, index: number): Float32Array =>
      logits.slice(index * vocabulary.size, (index + 1) * vocabulary.size)

    /** A prefix, or several tokens: one stream at a time. */
    async function feedOne({ stream, tokens }: Feed): Promise<Float32Array> {
      const at = rowOf(stream)
      const { logits, present } = await forward([tokens], [findStream(voices, stream)], cache.viewOf(at), [
        cache.lengths[at],
      ])
      cache.append(at, present, 0, 1, tokens.length)
      return logits
    }

    /** One token each: all rows run together; those that were not fed keep their cache as it is. */
    async function feedTogether(feeds: readonly Feed[]): Promise<Float32Array[]> {
      const fed = feeds.map(({ stream }) => rowOf(stream))
      const tokens = Array.from(voices, () => [nothing])
      feeds.forEach((feed, i) => {
        tokens[fed[i]] = [...feed.tokens]
      })
      const { logits, present } = await forward(tokens, [...voices.values()], cache.view(), cache.lengths)
      for (const at of fed) cache.append(at, present, at, voices.size, 1)
      return fed.map((at) => row(logits, at))
    }

    return {
      open(voice) {
        cache.add()
        return add(voice)
      },
      async feed(feeds) {
        for (const { stream } of feeds) findStream(voices, stream)
        if (feeds.length === 0) return []
        if (feeds.every(({ tokens }) => tokens.length === 1)) return feedTogether(feeds)
        const logits: Float32Array[] = []
        for (const feed of feeds) logits.push(await feedOne(feed))
        return logits
      },
      length: (stream) => cache.lengths[rowOf(stream)],
      branch(stream) {
        cache.copy(rowOf(stream))
        return add(findStream(voices, stream))
      },
      rewind(stream, length) {
        cache.lengths[rowOf(stream)] = length
      },
      close(stream) {
        const closed = rowOf(stream)
        voices.delete(stream)
        cache.keep([...cache.lengths.keys()].filter((at) => at !== closed))
      },
      dispose() {
        voices.clear()
        cache.keep([])
      },
    }
  }

  return {
    name: 'ort',
    openCursor,
    start: (streams, drawn) => startRuleBatch(openCursor(), streams, vocabulary, { drawn }),
    dispose: () => session.release(),
  }
}
