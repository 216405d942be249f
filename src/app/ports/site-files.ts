/**
 * Owns: what the page fetches from its own site beside the models: the manifest and the stored examples. Knows no store.
 */
import * as v from 'valibot'
import { ConvergeError } from '../../speech/errors'
import { parseManifest, type Manifest } from '../../speech/manifest'
import { readModelsAddress } from './models-address'

const site = new URL(import.meta.env.BASE_URL, document.baseURI)
export const models = readModelsAddress(location.search, site)

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const speakExampleSchema = v.object({
  text: v.string(),
  voice: v.string(),
  temperature: v.optional(v.number(), 0.7),
  seed: v.optional(v.number(), 1),
  phones: v.array(v.string()),
  durationsFrames: v.array(count),
  units: v.array(count),
  words: v.array(
    v.object({
      word: v.string(),
      firstPhone: count,
      endPhone: count,
      origin: v.picklist(['lexicon', 'model', 'letters']),
    }),
  ),
  sampleRateHz: v.pipe(v.number(), v.minValue(1)),
  samplesPerFrame: v.pipe(v.number(), v.minValue(1)),
})
const recordingsSchema = v.array(
  v.object({ file: v.string(), title: v.string(), text: v.string(), credit: v.string() }),
)

export type SpeakExample = v.InferOutput<typeof speakExampleSchema>

/** `path` is absolute, or as seen from the page. */
async function fetchFile(path: string): Promise<Response> {
  const response = await fetch(new URL(path, site)).catch((thrown: unknown) => {
    throw new ConvergeError('model-missing', `${path} could not be fetched. Is the server still running?`, {
      file: path,
      detail: String(thrown),
    })
  })
  if (!response.ok) {
    throw new ConvergeError('model-missing', `${path} is not on the server (status ${response.status}).`, {
      file: path,
      status: response.status,
    })
  }
  return response
}

export const fetchManifest = async (): Promise<Manifest> =>
  parseManifest(await (await fetchFile(`${models.url}manifest.json`)).json())

export const fetchSpeakExample = async (): Promise<SpeakExample> =>
  v.parse(speakExampleSchema, await (await fetchFile('examples/speak-example.json')).json())

export const fetchRecordings = async () =>
  v.parse(recordingsSchema, await (await fetchFile('examples/examples.json')).json())

export const fetchExampleAudio = async (file: string): Promise<Blob> =>
  (await fetchFile(`examples/${file}`)).blob()
