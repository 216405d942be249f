/**
 * Owns: the shape of `manifest.json`, which says everything about a set of models: rates, sizes, vocabulary, voices and
 * every file with its bytes, SHA-256, licence and source. Nothing else in the code knows a model's shape.
 */
import * as v from 'valibot'
import { ConvergeError } from './errors'

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1))
const names = v.pipe(v.array(v.string()), v.minLength(1), v.readonly())

const fileSchema = v.object({
  bytes: positiveInteger,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  licence: v.string(),
  source: v.string(),
  role: v.string(),
})

const manifestSchema = v.object({
  version: v.literal(1),
  sampleRateHz: positiveInteger,
  tokenizerSampleRateHz: positiveInteger,
  frameRateHz: positiveInteger,
  samplesPerFrame: positiveInteger,
  fsqLevels: v.pipe(v.array(positiveInteger), v.minLength(1), v.readonly()),
  codes: positiveInteger,
  voiceDim: positiveInteger,
  delayFrames: positiveInteger,
  lm: v.object({
    layers: positiveInteger,
    heads: positiveInteger,
    dim: positiveInteger,
    headDim: positiveInteger,
    ff: positiveInteger,
    ropeBase: positiveInteger,
    rmsEpsilon: v.pipe(v.number(), v.minValue(0)),
    vocabulary: v.object({
      specials: names,
      phones: names,
      letters: names,
      firstPhone: positiveInteger,
      firstLetter: positiveInteger,
      firstUnit: positiveInteger,
    }),
  }),
  decoder: v.object({
    harmonicBands: positiveInteger,
    noiseBands: positiveInteger,
    phaseBands: positiveInteger,
    pastFrames: positiveInteger,
    futureFrames: positiveInteger,
  }),
  voices: v.record(
    v.string(),
    v.object({
      vector: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.readonly()),
      description: v.string(),
    }),
  ),
  files: v.record(v.string(), fileSchema),
})

export type Manifest = v.InferOutput<typeof manifestSchema>
export type ManifestFile = v.InferOutput<typeof fileSchema>

/** @throws ConvergeError `model-incompatible` with the first field that is wrong. */
export function parseManifest(json: unknown): Manifest {
  const parsed = v.safeParse(manifestSchema, json)
  if (!parsed.success) {
    const [issue] = parsed.issues
    const field = v.getDotPath(issue) ?? '(top level)'
    throw new ConvergeError(
      'model-incompatible',
      `The model manifest can't be used: ${field}: ${issue.message} Rebuild the models with training/export.py.`,
      { field, found: issue.received, wanted: String(issue.expected) },
    )
  }
  return parsed.output
}
