/** Owns: the door to WAV files: bytes to samples and back. The work is done in the files beside it. */
export { decodeWav } from './wav-decode'
export { encodeWav } from './wav-encode'
