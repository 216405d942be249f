/**
 * Owns: the shape of `manifest.json`, which says everything about a set of models: rates, sizes, vocabulary, voices and
 * every file with its bytes, SHA-256, licence and source. Code reads a model's shape here and nowhere else; what the code
 * itself fixes (the spectra's rates, how the vocoder cuts a frame) a manifest must agree with, or it is refused.
 */
import * as v from 'valibot'
import { CONTROLS_PER_UNIT } from './4-wave/controls'
import { CODEC_RATE_HZ, WHISPER_RATE_HZ } from './4-wave/sample-rates'
import { ConvergeError } from './errors'

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1))
const countOrNone = v.pipe(v.number(), v.integer(), v.minValue(0))
/** The vocoder halves its frames of controls, of which a unit has two. */
const SAMPLES_MULTIPLE = 2 * CONTROLS_PER_UNIT
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
  sampleRateHz: v.pipe(v.number(), v.value(CODEC_RATE_HZ)),
  tokenizerSampleRateHz: v.pipe(v.number(), v.value(WHISPER_RATE_HZ)),
  frameRateHz: positiveInteger,
  samplesPerFrame: v.pipe(positiveInteger, v.multipleOf(SAMPLES_MULTIPLE)),
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
    pastFrames: countOrNone,
    futureFrames: countOrNone,
  }),
  voices: v.record(
    v.string(),
    v.object({
      vector: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.readonly()),
      description: v.string(),
    }),
  ),
  files: v.record(v.string(), fileSchema),
  /** An utterance said greedily, against which fast engines are tested; the published set's lies in the code. */
  knownAnswer: v.optional(
    v.object({
      phones: names,
      voice: v.string(),
      answer: v.pipe(
        v.array(v.object({ id: positiveInteger, probability: v.number() })),
        v.minLength(1),
        v.readonly(),
      ),
    }),
  ),
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
  const manifest = parsed.output
  const unfit = contradictions(manifest).find(({ wanted, found }) => wanted !== found)
  if (unfit) {
    throw new ConvergeError(
      'model-incompatible',
      `The model manifest contradicts itself: ${unfit.field} is ${unfit.found}, the other fields ask for ${unfit.wanted}.`,
      { ...unfit },
    )
  }
  return manifest
}

interface Sum {
  readonly field: string
  readonly found: number
  readonly wanted: number
}

/** Every field that follows from others. */
function contradictions(manifest: Manifest): Sum[] {
  const { lm, fsqLevels, voiceDim } = manifest
  const { specials, phones, letters, firstPhone, firstLetter, firstUnit } = lm.vocabulary
  return [
    {
      field: 'codes',
      found: manifest.codes,
      wanted: fsqLevels.reduce((product, levels) => product * levels, 1),
    },
    {
      field: 'samplesPerFrame',
      found: manifest.samplesPerFrame,
      wanted: manifest.sampleRateHz / manifest.frameRateHz,
    },
    { field: 'lm.dim', found: lm.dim, wanted: lm.heads * lm.headDim },
    { field: 'lm.vocabulary.firstPhone', found: firstPhone, wanted: specials.length },
    { field: 'lm.vocabulary.firstLetter', found: firstLetter, wanted: firstPhone + phones.length },
    { field: 'lm.vocabulary.firstUnit', found: firstUnit, wanted: firstLetter + letters.length },
    ...Object.entries(manifest.voices).map(([name, { vector }]) => ({
      field: `voices.${name}.vector.length`,
      found: vector.length,
      wanted: voiceDim,
    })),
  ]
}
