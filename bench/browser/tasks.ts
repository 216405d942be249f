/** Owns: what the bench's page can be asked to measure, and what comes back. Times are raw; who asked makes figures of them. */

export interface EnginesTask {
  readonly name: 'engines'
  readonly runs: number
}

export interface PeersTask {
  readonly name: 'peers'
  readonly sentences: readonly string[]
  readonly voices: readonly string[]
  /** Each ABBA, so twice as many runs of either. */
  readonly rounds: number
}

export type BenchTask = EnginesTask | PeersTask

/** Engines of the site, and the site's graph on ONNX Runtime's own WebGPU. */
export type BenchEngine = 'wasm' | 'wgsl' | 'ort' | 'ort-webgpu'

export interface EngineRow {
  readonly engine: BenchEngine
  readonly takes: number
  /** Of one run, all takes together. */
  readonly tokens: number
  readonly prefixMs: readonly number[]
  /** Of all tokens of a run, its prefixes apart. */
  readonly drawMs: readonly number[]
  /** Of the tokens drawn with the same seeds, the share that equals the kernels' on WebAssembly. */
  readonly sameTokens: number
}

export interface EngineFigures {
  /** What WebGPU runs on, or why there is none. */
  readonly adapter: string
  readonly isSoftware: boolean
  readonly rows: readonly EngineRow[]
  /** From a sentence's letters to its first samples, by engine; those too slow to wait for are missing. */
  readonly firstSoundMs: Readonly<Partial<Record<BenchEngine, readonly number[]>>>
}

export interface Counted {
  readonly errors: number
  readonly length: number
}

/** One system's runs on one input. */
export interface Runs {
  readonly ms: readonly number[]
  /** Of the sound that was made or heard. */
  readonly seconds: number
}

export interface SaidSentence {
  readonly text: string
  readonly voice: string
  readonly ours: Runs & { readonly firstSoundMs: readonly number[] }
  readonly kokoro: Runs
}

export interface HeardUtterance {
  readonly text: string
  readonly ours: Runs & Heard
  readonly whisper: Runs & Heard & { readonly encoderMs: readonly number[]; readonly tokens: number }
}

export interface Heard {
  readonly heard: string
  readonly words: Counted
}

/** Who speaks in the recordings that both recognisers hear. */
export type Speaker = 'converge' | 'kokoro' | 'people'

export interface PeerFigures {
  readonly said: readonly SaidSentence[]
  readonly heard: Readonly<Record<Speaker, readonly HeardUtterance[]>>
}

export type WorkerReply =
  | { readonly type: 'progress'; readonly text: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'done'; readonly result: EngineFigures | PeerFigures }
