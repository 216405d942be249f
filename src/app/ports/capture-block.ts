/** Owns: what the microphone's two halves say to each other. */

/** A block of the microphone's sound; the samples are transferred. */
export interface CapturedBlock {
  readonly samples: Float32Array<ArrayBuffer>
  /** Samples of the device that never came here, since the block before. */
  readonly lost: number
}
