/**
 * Owns: sound to units and to a voice vector: a recording at any rate is prepared (24 kHz, even loudness, a margin of
 * silence), cut at pauses when it is longer than a window, and read by one of the two tokenizers.
 */
import { codecMel } from '../../speech/4-wave/codec-mel'
import { PAD_SECONDS, prepareRecording, preparedToTokenizerSamples } from '../../speech/4-wave/prepare'
import { splitAtPauses } from '../../speech/4-wave/split'
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
}

const MAX_RECORDING_SECONDS = 30 * 60

/** @throws ConvergeError `audio-empty`, `audio-silent` or `audio-too-long` */
export function recordingToStretches(ladder: Ladder, { samples, sampleRateHz }: Recording): Stretch[] {
  const seconds = samples.length / sampleRateHz
  if (seconds > MAX_RECORDING_SECONDS) {
    throw new ConvergeError(
      'audio-too-long',
      `This recording lasts ${Math.round(seconds / 60)} minutes; at most ${MAX_RECORDING_SECONDS / 60} can be heard at once. Cut it into parts.`,
      { wantedSeconds: MAX_RECORDING_SECONDS, foundSeconds: Math.round(seconds) },
    )
  }
  const { sampleRateHz: rateHz, samplesPerFrame } = ladder.manifest
  const prepared = prepareRecording(samples, sampleRateHz, ladder.manifest)
  return splitAtPauses(prepared, rateHz, samplesPerFrame).map(({ start, end }) => ({
    samples: prepared.subarray(start, end),
    startSeconds: start / rateHz - PAD_SECONDS,
  }))
}

export async function stretchToUnits(
  ladder: Ladder,
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

export async function stretchToVoice(ladder: Ladder, { samples }: Stretch): Promise<Float32Array> {
  const mel = codecMel(samples)
  return ladder.networks.codecMelToVoice(mel.bands, mel.frames)
}
