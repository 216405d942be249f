/**
 * Owns: the networks that run once an utterance, opened from their graphs on any runtime: decoder, voice encoder and the
 * tokenizers that were asked for at once, another tokenizer when it is first used. One scope, which `release` ends.
 */
import type { Manifest } from '../../speech/manifest'
import type { Networks, TokenizerName } from '../networks'
import { createOrtNetworks } from '../ort/networks'
import type { InferenceSession } from '../ort/runtime'

export interface OpenedNetworks {
  readonly networks: Networks
  release(): Promise<void>
}

export const TOKENIZER_FILES: Readonly<Record<TokenizerName, string>> = {
  whisper: 'tokenizer-whisper.onnx',
  mel: 'tokenizer-mel.onnx',
}
export const DECODER_FILE = 'decoder.onnx'
export const VOICE_FILE = 'voice.onnx'

/** @throws what `openSession` throws, when those that did open are released */
export async function openNetworks(
  openSession: (graph: string) => Promise<InferenceSession>,
  manifest: Manifest,
  tokenizerNames: readonly TokenizerName[],
): Promise<OpenedNetworks> {
  const opened: Promise<InferenceSession>[] = []
  const open = (graph: string): Promise<InferenceSession> => {
    const opening = openSession(graph)
    opened.push(opening)
    return opening
  }
  async function release(): Promise<void> {
    for (const result of await Promise.allSettled(opened)) {
      if (result.status === 'fulfilled') await result.value.release()
    }
  }
  const tokenizers = new Map<TokenizerName, Promise<InferenceSession>>()
  const tokenizer = (name: TokenizerName): Promise<InferenceSession> => {
    const known = tokenizers.get(name)
    if (known) return known
    const opening = open(TOKENIZER_FILES[name])
    tokenizers.set(name, opening)
    // What failed may be asked for again.
    opening.catch(() => tokenizers.delete(name))
    return opening
  }
  try {
    const [decoder, voice] = await Promise.all([
      open(DECODER_FILE),
      open(VOICE_FILE),
      ...tokenizerNames.map(tokenizer),
    ])
    return { networks: createOrtNetworks({ tokenizer, voice, decoder }, manifest), release }
  } catch (error) {
    await release()
    throw error
  }
}
