/**
 * Owns: from model files to a ladder that can speak and listen: which files a tokenizer choice needs, sessions made as
 * the files arrive, the lexicon unpacked.
 */
import { createVocabulary, type Vocabulary } from '../../speech/3-units/vocabulary'
import { parseLexicon, type Lexicon } from '../../speech/1-letters/lexicon'
import { ConvergeError } from '../../speech/errors'
import { parseManifest, type Manifest } from '../../speech/manifest'
import type { TokenizerName } from '../networks'
import { checkGraph } from '../ort/graph-shapes'
import {
  createSession,
  setUpRuntime,
  type CreateSession,
  type InferenceSession,
  type RuntimeOptions,
} from '../ort/runtime'
import { chooseLm, neededLmFiles, type ChosenLm, type LmOptions } from './choose-lm'
import { findFasterLm } from './faster-lm'
import {
  findFasterNetworks,
  NETWORKS_AT_LOAD,
  type ChosenNetworks,
  type NetworksChange,
  type NetworksPort,
} from './faster-networks'
import type { ModelFiles } from './model-files'
import { DECODER_FILE, openNetworks, TOKENIZER_FILES, VOICE_FILE } from './open-networks'
import { createReleases } from './releases'
import { HEARING_FILE, makeWordTools, WORD_MODEL_FILE, type WordTools } from './word-tools'

export interface Ladder extends ChosenLm, ChosenNetworks {
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
  readonly lexicon: Lexicon
  /**
   * A second look, for the choice `auto`; the engines live as long as the ladder.
   * @param pause resolves when nobody waits for the ladder
   */
  findFasterLm(pause: () => Promise<void>): Promise<ChosenLm>
  /** As `findFasterLm`, for the networks that run now. */
  findFasterNetworks(pause: () => Promise<void>): Promise<ChosenNetworks>
  /** What word search needs; made when first asked for. */
  wordTools(): WordTools
  dispose(): Promise<void>
}

export interface LoadOptions extends LmOptions {
  /** Opened at once; the others when they are first asked for. */
  readonly tokenizers: readonly TokenizerName[]
  readonly runtime: RuntimeOptions
  /** Absent where a graphics card is not to be looked for. */
  readonly networksPort?: NetworksPort
  /** Told when a network failed on the graphics card, and runs on WebAssembly from there on. */
  readonly onNetworksChange?: (change: NetworksChange) => void
}

const LEXICON = 'lexicon.gzip'

/** Names of the files that `loadLadder` reads with these options, unless an engine falls back. */
export function neededFiles(options: Pick<LoadOptions, 'tokenizers' | 'engine' | 'lmWeights'>): string[] {
  return [
    LEXICON,
    WORD_MODEL_FILE,
    HEARING_FILE,
    DECODER_FILE,
    VOICE_FILE,
    ...neededLmFiles(options),
    ...options.tokenizers.map((name) => TOKENIZER_FILES[name]),
  ]
}

/** @throws ConvergeError `model-missing`, `model-damaged`, `model-incompatible` or `engine-failed` */
export async function loadLadder(files: ModelFiles, options: LoadOptions): Promise<Ladder> {
  const manifest = parseManifest(await files.readManifest())
  setUpRuntime(options.runtime)
  const read = (name: string) => {
    const file = manifest.files[name]
    if (!file) {
      throw new ConvergeError('model-incompatible', `The model manifest does not list ${name}.`, {
        wanted: name,
      })
    }
    return files.readFile(name, file)
  }
  const openWith =
    (create: CreateSession) =>
    async (graph: string, weights?: string): Promise<InferenceSession> => {
      const [model, data] = await Promise.all([read(graph), weights ? read(weights) : undefined])
      const session = await create(graph, model, weights && data ? [{ path: weights, data }] : [])
      checkGraph(session, graph, manifest)
      return session
    }

  const vocabulary = createVocabulary(manifest)
  const openSession = openWith(createSession)
  const lmParts = { manifest, vocabulary, read, openSession }
  const choosing = chooseLm(options, lmParts)
  const openingNetworks = openNetworks(openSession, manifest, options.tokenizers)
  const parts = [
    read(LEXICON).then(gunzip).then(toText),
    read(WORD_MODEL_FILE).then(gunzip),
    read(HEARING_FILE).then(toText),
    choosing,
    openingNetworks,
  ] as const
  const [lexiconText, words, hearing, chosen, { networks, release }] = await Promise.all(parts).catch(
    (error: unknown) => {
      // Where one part fails, those that still come are let go when they are there.
      void Promise.allSettled(parts).then(async () => {
        await choosing.then(({ lm }) => lm.dispose()).catch(() => undefined)
        await openingNetworks.then((opened) => opened.release()).catch(() => undefined)
      })
      throw error
    },
  )
  const releases = createReleases()
  await releases.add(networks, release)
  await releases.add(chosen.lm, () => chosen.lm.dispose())
  const lexicon = parseLexicon(lexiconText)
  let wordTools: WordTools | undefined
  return {
    manifest,
    vocabulary,
    lexicon,
    ...chosen,
    networks,
    networksReason: NETWORKS_AT_LOAD,
    wordTools() {
      wordTools ??= makeWordTools(words, hearing, lexicon, vocabulary)
      return wordTools
    },
    async findFasterLm(pause) {
      const found = await findFasterLm(chosen, options, lmParts, pause)
      await releases.add(found.lm, () => found.lm.dispose())
      return found
    },
    async findFasterNetworks(pause) {
      const { networksPort: port, tokenizers, onNetworksChange } = options
      if (!port) return { networks, networksReason: NETWORKS_AT_LOAD }
      const { opened, ...found } = await findFasterNetworks(
        { manifest, vocabulary },
        {
          port,
          before: networks,
          openRivals: (create) => openNetworks(openWith(create), manifest, tokenizers),
          tokenizers,
          pause,
          nowMs: () => performance.now(),
          onChange: (change) => onNetworksChange?.(change),
        },
      )
      if (opened) await releases.add(opened, opened.release)
      return found
    },
    dispose: releases.releaseAll,
  }
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(unpacked).arrayBuffer())
}

const toText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
