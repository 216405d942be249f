/** Owns: the door to WAV files: bytes to samples and back. The work is done in the files beside it. */
export { decodeWav, type Recording } from './wav-decode'
export { encodeWav, type WavEncoding } from './wav-encode'
