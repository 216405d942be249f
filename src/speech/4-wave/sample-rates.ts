/**
 * Owns: the sample rates that trained networks fix. Their spectra (`codec-mel.ts`, `whisper-mel.ts`) are computed here, so
 * models of other rates need other code; a manifest is held to these.
 */

/** The codec's: what is tokenised by its own tokenizer, decoded, and played. */
export const CODEC_RATE_HZ = 24_000
/** Whisper's encoder. */
export const WHISPER_RATE_HZ = 16_000
