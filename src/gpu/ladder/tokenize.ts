/**
 * Owns: sound to units and to a voice vector: a recording at any rate is prepared (24 kHz, even loudness, a margin of
 * silence), cut at pauses when it is longer than a window, and read by one of the two tokenizers.
 */
import { codecMel } from '../../speech/4-wave/codec-mel'
import { PAD_SECONDS, prepareRecording, preparedToTokenizerSamples } from '../../speech/4-wave/prepare'
import { splitAtPauses } from '../../speech/4-wave/split'
import { recordingToWindows } from '../../speech/4-wave/windows'
import { whisperMel } from '../../speech/4-wave/whisper-mel'
import type { Unit } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import type { TokenizerName } from '../networks'
import type { Ladder } from './load'

export interface Recording {
  /** Mono. */
  readonly samples: Float32Array
  readonly sampleRateHz: number
}

/** A stretch of the prepared recording: whole frames at the codec's rate. */
export interface Stretch {
  readonly samples: Float32Array
  /** Of the recording as given; the margin before it counts negative. */
  readonly startSeconds: number
  /** Of the recording as given: where its next window takes over, absent in the last one. */
  readonly ownSeconds?: number
  /** There is nothing to hear in it. */
  readonly isSilent?: boolean
}

const SILENCE_FRAMES = 40
const MAX_RECORDING_SECONDS = 2 * 60 * 60

/** Window after window, each prepared when it is asked for. @throws ConvergeError `audio-empty`, `audio-silent` or `audio-too-long` */
export function* recordingToStretches(
  { manifest }: Pick<Ladder, 'manifest'>,
  { samples, sampleRateHz }: Recording,
): Generator<Stretch> {
  const seconds = samples.length / sampleRateHz
  if (seconds > MAX_RECORDING_SECONDS) {
    throw new ConvergeError(
      'audio-too-long',
      `This recording lasts ${Math.round(seconds / 60)} minutes; at most ${MAX_RECORDING_SECONDS / 60} can be heard at once. Cut it into parts.`,
      { wantedSeconds: MAX_RECORDING_SECONDS, foundSeconds: Math.round(seconds) },
    )
  }
  let silence: unknown
  let isHeard = false
  for (const { start, end } of recordingToWindows(samples, sampleRateHz)) {
    const startSeconds = start / sampleRateHz - PAD_SECONDS
    const own = end < samples.length ? { ownSeconds: end / sampleRateHz } : {}
    try {
      const prepared = prepareRecording(samples.subarray(start, end), sampleRateHz, manifest)
      for (const range of splitAtPauses(prepared, manifest.sampleRateHz, manifest.samplesPerFrame)) {
        yield {
          samples: prepared.subarray(range.start, range.end),
          startSeconds: startSeconds + range.start / manifest.sampleRateHz,
          ...own,
        }
      }
      isHeard = true
    } catch (thrown) {
      if (!(thrown instanceof ConvergeError) || thrown.code !== 'audio-silent') throw thrown
      silence ??= thrown
      const frames = Math.ceil(((end - start) / sampleRateHz + 2 * PAD_SECONDS) * manifest.frameRateHz)
      const nothing = new Float32Array(frames * manifest.samplesPerFrame)
      yield { samples: nothing, startSeconds, ...own, isSilent: true }
    }
  }
  if (!isHeard) throw silence
}

export async function stretchToUnits(
  ladder: Pick<Ladder, 'manifest' | 'networks'>,
  { samples }: Stretch,
  tokenizer: TokenizerName,
): Promise<Unit[]> {
  const { manifest, networks } = ladder
  if (tokenizer === 'mel') {
    const mel = codecMel(samples)
    return networks.codecMelToUnits(mel.bands, mel.frames)
  }
  const mel = whisperMel(preparedToTokenizerSamples(samples, manifest))
  return networks.whisperMelToUnits(mel.bands, mel.frames, samples.length / manifest.samplesPerFrame)
}

export async function stretchToVoice(
  ladder: Pick<Ladder, 'networks'>,
  { samples }: Stretch,
): Promise<Float32Array> {
  const mel = codecMel(samples)
  return ladder.networks.codecMelToVoice(mel.bands, mel.frames)
}

/** What the tokenizer makes of nothing at all: the unit in the middle of a stretch of zeros. */
export async function silenceUnit(
  ladder: Pick<Ladder, 'manifest' | 'networks'>,
  tokenizer: TokenizerName,
): Promise<Unit> {
  const samples = new Float32Array(SILENCE_FRAMES * ladder.manifest.samplesPerFrame)
  const units = await stretchToUnits(ladder, { samples, startSeconds: 0 }, tokenizer)
  return units[SILENCE_FRAMES / 2]
}
