/**
 * Owns: from model files to a ladder that can speak and listen: which files a tokenizer choice needs, sessions made as
 * the files arrive, the lexicon unpacked.
 */
import { createVocabulary, type Vocabulary } from '../../speech/3-units/vocabulary'
import { parseLexicon, type Lexicon } from '../../speech/1-letters/lexicon'
import { ConvergeError } from '../../speech/errors'
import { parseManifest, type Manifest } from '../../speech/manifest'
import type { Networks, TokenizerName } from '../networks'
import { checkGraph } from '../ort/graph-shapes'
import { createOrtNetworks } from '../ort/networks'
import { createSession, setUpRuntime, type InferenceSession, type RuntimeOptions } from '../ort/runtime'
import { chooseLm, neededLmFiles, type ChosenLm, type LmOptions } from './choose-lm'
import { findFasterLm } from './faster-lm'
import type { ModelFiles } from './model-files'
import { HEARING_FILE, makeWordTools, WORD_MODEL_FILE, type WordTools } from './word-tools'

export interface Ladder extends ChosenLm {
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
  readonly lexicon: Lexicon
  readonly networks: Networks
  /**
   * A second look, for the choice `auto`; the engines live as long as the ladder.
   * @param pause resolves when nobody waits for the ladder
   */
  findFasterLm(pause: () => Promise<void>): Promise<ChosenLm>
  /** What word search needs; made when first asked for. */
  wordTools(): WordTools
  dispose(): Promise<void>
}

export interface LoadOptions extends LmOptions {
  /** Opened at once; the others when they are first asked for. */
  readonly tokenizers: readonly TokenizerName[]
  readonly runtime: RuntimeOptions
}

const LEXICON = 'lexicon.gzip'
const TOKENIZER_FILES: Record<TokenizerName, string> = {
  whisper: 'tokenizer-whisper.onnx',
  mel: 'tokenizer-mel.onnx',
}

/** Names of the files that `loadLadder` reads with these options, unless an engine falls back. */
export function neededFiles(options: Pick<LoadOptions, 'tokenizers' | 'engine' | 'lmWeights'>): string[] {
  return [
    LEXICON,
    WORD_MODEL_FILE,
    HEARING_FILE,
    'decoder.onnx',
    'voice.onnx',
    ...neededLmFiles(options),
    ...options.tokenizers.map((name) => TOKENIZER_FILES[name]),
  ]
}

/** @throws ConvergeError `model-missing`, `model-damaged`, `model-incompatible` or `engine-failed` */
export async function loadLadder(files: ModelFiles, options: LoadOptions): Promise<Ladder> {
  const manifest = parseManifest(await files.readManifest())
  setUpRuntime(options.runtime)
  const opened: InferenceSession[] = []
  const read = (name: string) => {
    const file = manifest.files[name]
    if (!file) {
      throw new ConvergeError('model-incompatible', `The model manifest does not list ${name}.`, {
        wanted: name,
      })
    }
    return files.readFile(name, file)
  }
  const open = async (graph: string, weights?: string): Promise<InferenceSession> => {
    const [model, data] = await Promise.all([read(graph), weights ? read(weights) : undefined])
    const session = await createSession(graph, model, weights && data ? [{ path: weights, data }] : [])
    checkGraph(session, graph, manifest)
    return session
  }
  const openNetwork = async (graph: string): Promise<InferenceSession> => {
    const session = await open(graph)
    opened.push(session)
    return session
  }
  const releaseSessions = async (): Promise<void> => {
    for (const session of opened) await session.release()
  }
  const tokenizers = new Map<TokenizerName, Promise<InferenceSession>>()
  const tokenizer = (name: TokenizerName): Promise<InferenceSession> => {
    const known = tokenizers.get(name)
    if (known) return known
    const opening = openNetwork(TOKENIZER_FILES[name])
    tokenizers.set(name, opening)
    // What failed may be asked for again.
    opening.catch(() => tokenizers.delete(name))
    return opening
  }

  const vocabulary = createVocabulary(manifest)
  const lmParts = { manifest, vocabulary, read, openSession: open }
  const choosing = chooseLm(options, lmParts)
  const parts = [
    read(LEXICON).then(gunzip).then(toText),
    read(WORD_MODEL_FILE).then(gunzip),
    read(HEARING_FILE).then(toText),
    choosing,
    openNetwork('decoder.onnx'),
    openNetwork('voice.onnx'),
    ...options.tokenizers.map(tokenizer),
  ] as const
  const [lexiconText, words, hearing, chosen, decoder, voice] = await Promise.all(parts).catch(
    (error: unknown) => {
      // Where one part fails, those that still come are let go when they are there.
      void Promise.allSettled(parts).then(async () => {
        await choosing.then(({ lm }) => lm.dispose()).catch(() => undefined)
        await releaseSessions()
      })
      throw error
    },
  )
  const engines = new Set([chosen.lm])
  const lexicon = parseLexicon(lexiconText)
  let wordTools: WordTools | undefined
  return {
    manifest,
    vocabulary,
    lexicon,
    ...chosen,
    networks: createOrtNetworks({ tokenizer, voice, decoder }, manifest),
    wordTools() {
      wordTools ??= makeWordTools(words, hearing, lexicon, vocabulary)
      return wordTools
    },
    async findFasterLm(pause) {
      const found = await findFasterLm(chosen, options, lmParts, pause)
      engines.add(found.lm)
      return found
    },
    async dispose() {
      for (const engine of engines) await engine.dispose()
      await releaseSessions()
    },
  }
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(unpacked).arrayBuffer())
}

const toText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
