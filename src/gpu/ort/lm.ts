/**
 * Owns: the reference engine: the language model's ONNX graph on ONNX Runtime Web, one call a step for all streams. The
 * graph returns only the new keys and values; the cache is kept here.
 */
import { planToRule, type PlacedToken, type Rule, type StreamState } from '../../speech/3-units/streams'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { Manifest } from '../../speech/manifest'
import type { Drawn, LmBatch, LmEngine, StreamSpec } from '../lm-engine'
import { KvCache } from './kv-cache'
import { floatOutput, floats, integers, type InferenceSession } from './runtime'

interface Stream {
  readonly index: number
  readonly rule: Rule<StreamState>
  readonly voice: Float32Array
  state: StreamState
  logits: Float32Array
}

export function createOrtLm(session: InferenceSession, manifest: Manifest, vocabulary: Vocabulary): LmEngine {
  const { layers, heads, headDim } = manifest.lm
  const shape = { layers, heads, headDim }
  const noPast = { data: new Float32Array(0), dims: [layers, 2, 1, heads, 0, headDim] }

  /** Logits (row, vocabulary) and the new keys and values of equally long rows of tokens. */
  async function forward(
    rows: readonly (readonly PlacedToken[])[],
    voices: readonly Float32Array[],
    past: { data: Float32Array; dims: number[] },
    lengths: readonly number[],
  ): Promise<{ logits: Float32Array; present: Float32Array }> {
    const dims = [rows.length, rows[0].length]
    const tokens = rows.flat()
    const voice = new Float32Array(rows.length * manifest.voiceDim)
    voices.forEach((vector, i) => voice.set(vector, i * manifest.voiceDim))
    const outputs = await session.run({
      tokens: integers(tokens.map((token) => token.id), dims),
      time: integers(tokens.map((token) => token.time), dims),
      phone: integers(tokens.map((token) => token.phone), dims),
      voice: floats(voice, [rows.length, manifest.voiceDim]),
      past: floats(past.data, past.dims),
      past_length: integers(lengths, [rows.length]),
    })
    return { logits: floatOutput(outputs, 'logits'), present: floatOutput(outputs, 'present') }
  }

  async function start(specs: readonly StreamSpec[]): Promise<LmBatch> {
    const streams: Stream[] = []
    const longest = Math.max(...specs.map(({ plan }) => planToRule(plan, vocabulary).prefix.length))
    const cache = new KvCache(shape, specs.length, longest + 1)
    for (const [index, { plan, voice }] of specs.entries()) {
      const rule = planToRule(plan, vocabulary)
      const { logits, present } = await forward([rule.prefix], [voice], noPast, [0])
      cache.append(index, present, 0, 1, rule.prefix.length)
      streams.push({ index, rule, voice, state: rule.start, logits })
    }
    return createBatch(streams, cache)
  }

  function createBatch(all: readonly Stream[], cache: KvCache): LmBatch {
    let active = [...all]
    /** Draws one token of each active stream, drops the finished and feeds the rest. */
    async function step(drawn: Drawn[][]): Promise<void> {
      const fed: PlacedToken[][] = []
      const kept: number[] = []
      active.forEach((stream, row) => {
        const { token, state, probability } = stream.rule.next(stream.state, stream.logits)
        stream.state = state
        drawn[stream.index].push({ ...token, probability })
        if (state.done) return
        kept.push(row)
        fed.push([token])
      })
      if (kept.length < active.length) {
        active = kept.map((row) => active[row])
        cache.keep(kept)
      }
      if (active.length === 0) return
      const { logits, present } = await forward(fed, active.map(({ voice }) => voice), cache.view(), cache.lengths)
      active.forEach((stream, row) => {
        cache.append(row, present, row, active.length, 1)
        stream.logits = logits.subarray(row * vocabulary.size, (row + 1) * vocabulary.size)
      })
    }
    return {
      get done() {
        return active.length === 0
      },
      async run(steps) {
        const drawn: Drawn[][] = all.map(() => [])
        for (let i = 0; i < steps && active.length > 0; i++) await step(drawn)
        return drawn
      },
      dispose() {
        active = []
      },
    }
  }

  return { name: 'ort', start }
}
