/** Owns: a sound's outline for a small picture: the loudest sample of each stretch, 0 … 1. */
export function samplesToEnvelope(samples: Float32Array, stretchSamples: number): Float32Array {
  const envelope = new Float32Array(Math.ceil(samples.length / stretchSamples))
  for (let i = 0; i < samples.length; i++) {
    const at = Math.floor(i / stretchSamples)
    const loudness = Math.abs(samples[i])
    if (loudness > envelope[at]) envelope[at] = loudness
  }
  return envelope
}
