/**
 * Owns: the disk: model files beside the code, recordings in, sound and JSON out.
 */
import { access, constants, readFile, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FLACDecoder } from '@wasm-audio-decoders/flac'
import type { EngineChoice } from '../gpu/ladder/choose-lm'
import { findDamage, type ModelFiles } from '../gpu/ladder/model-files'
import { loadLadder, type Ladder } from '../gpu/ladder/load'
import type { Recording } from '../gpu/ladder/tokenize'
import type { TokenizerName } from '../gpu/networks'
import { mixToMono } from '../speech/4-wave/prepare'
import { decodeWav, encodeWav } from '../speech/4-wave/wav'
import { ConvergeError } from '../speech/errors'
import { nodeWebGpu } from './webgpu'

const MODELS_FOLDER = fileURLToPath(new URL('../../public/models/', import.meta.url))

/** The files of a folder with a manifest, `public/models` unless another is named; each is proven before use. */
export function modelFilesIn(folder = MODELS_FOLDER): ModelFiles {
  const read = async (name: string): Promise<Buffer> =>
    readFile(join(folder, name)).catch((cause: unknown) => {
      throw new ConvergeError(
        'model-missing',
        `The model file ${name} is missing from ${folder === MODELS_FOLDER ? 'public/models' : folder}.`,
        { file: name, folder },
        { cause },
      )
    })
  return {
    async readManifest() {
      const text = (await read('manifest.json')).toString('utf8')
      try {
        return JSON.parse(text)
      } catch (cause) {
        throw new ConvergeError(
          'model-damaged',
          `The manifest.json in ${folder} is no JSON.`,
          { folder },
          { cause },
        )
      }
    },
    async readFile(name, file) {
      const bytes = new Uint8Array(await read(name))
      const damage = await findDamage(name, bytes, file)
      if (damage) throw damage
      return bytes
    },
  }
}

/**
 * The ladder on this engine. A command is over before a second look at the engines would pay, so `auto` has none.
 * @throws ConvergeError `engine-unavailable` where the engine that was asked for can't run or is wrong
 */
export async function openLadder(
  tokenizers: readonly TokenizerName[],
  engine: EngineChoice,
  folder?: string,
): Promise<Ladder> {
  const ladder = await openAnyLadder(tokenizers, engine, folder)
  if (engine === 'auto' || engine === ladder.lm.name) return ladder
  await ladder.dispose()
  throw new ConvergeError('engine-unavailable', ladder.lmReason, { wanted: engine, found: ladder.lm.name })
}

/** Another engine stands in where the wanted one can't run or is wrong. */
export const openAnyLadder = (
  tokenizers: readonly TokenizerName[],
  engine: EngineChoice,
  folder?: string,
): Promise<Ladder> =>
  loadLadder(modelFilesIn(folder), {
    tokenizers,
    runtime: { threads: 1 },
    engine,
    lmWeights: 'int8',
    readLmWasm: () => readFile(new URL('../gpu/wasm/lm.wasm', import.meta.url)),
    webGpu: nodeWebGpu,
    onLmChange: ({ notice }) => void process.stderr.write(`converge: ${notice}\n`),
  })

export interface ReadRecording extends Recording {
  /** Less is there than the file's own header says. */
  readonly isCutShort: boolean
}

/** What can be said of a recording before anything is opened. @throws ConvergeError `audio-unreadable` */
export async function refuseUnreadable(path: string): Promise<void> {
  const isFolder = (await stat(path).catch(cannotOpen(path))).isDirectory()
  if (isFolder) throw unreadable(path, `${path} is a folder; a WAV or FLAC file is wanted.`)
  await access(path, constants.R_OK).catch(cannotOpen(path))
}

/** WAV or FLAC of any rate and channel count. @throws ConvergeError `audio-unreadable` */
export async function readRecording(path: string): Promise<ReadRecording> {
  const bytes = new Uint8Array(await readFile(path).catch(cannotOpen(path)))
  const isFlac = String.fromCharCode(...bytes.subarray(0, 4)) === 'fLaC'
  const { channels, sampleRateHz, truncated } = isFlac ? await decodeFlac(path, bytes) : decodeWav(bytes)
  return { samples: mixToMono(channels), sampleRateHz, isCutShort: truncated }
}

async function decodeFlac(path: string, bytes: Uint8Array) {
  const decoder = new FLACDecoder()
  try {
    await decoder.ready
    const { channelData, sampleRate, samplesDecoded, errors } = await decoder.decodeFile(bytes)
    if (samplesDecoded === 0) throw unreadable(path, `The file ${path} starts like FLAC but holds no sound.`)
    const truncated = errors.length > 0 || samplesDecoded < flacSamples(bytes)
    return { channels: channelData, sampleRateHz: sampleRate, truncated }
  } finally {
    decoder.free()
  }
}

/** What a FLAC file says of its length: 36 bits of its first block; 0 where it does not say. */
function flacSamples(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (view.getUint8(21) & 0xf) * 2 ** 32 + view.getUint32(22)
}

/** One line for whoever sees no JSON. */
export function tellCutShort(path: string, { isCutShort }: ReadRecording): void {
  if (!isCutShort) return
  process.stderr.write(`converge: ${path} is damaged or cut short; only what could be read of it was used.\n`)
}

const unreadable = (path: string, message: string, cause?: unknown): ConvergeError =>
  new ConvergeError('audio-unreadable', message, { file: path }, { cause })

const cannotOpen = (path: string) => (cause: unknown) => {
  throw unreadable(path, `The file ${path} can't be opened.`, cause)
}

export async function writeWav(path: string, samples: Float32Array, sampleRateHz: number): Promise<void> {
  await writeFile(path, encodeWav(samples, sampleRateHz)).catch((cause: unknown) => {
    throw new ConvergeError('option-invalid', `The file ${path} can't be written.`, { file: path }, { cause })
  })
}

/** `fox.wav` -> `fox-2.wav` for the second of several takes. */
export function takePath(path: string, take: number, takes: number): string {
  if (takes === 1) return path
  const extension = extname(path)
  return `${path.slice(0, path.length - extension.length)}-${take + 1}${extension}`
}

export const writeJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
