/** Owns: stretches of one sound, or of anything else that comes in stretches, put one after the other. */

/** @returns a new array of as many values as the parts together */
export function joinSamples(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(parts.reduce((samples, part) => samples + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
