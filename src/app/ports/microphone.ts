/**
 * Owns: recording from the microphone at the device's own rate. What was recorded is kept when the device goes away.
 * Every refusal becomes a coded error that says what to do. The sound stays in this page.
 */
import { ConvergeError } from '../../speech/errors'
import { Scope } from '../scope'
import captureWorkletUrl from './capture.worklet.ts?worker&url'
import { RECORDING_LIMIT_SECONDS } from './recording-file'

const LEVEL_DECAY = 0.8

export interface Captured {
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
  readonly endedBy: 'person' | 'device' | 'limit'
}

export interface Capture {
  readonly finished: Promise<Captured>
  stop(): void
  /** Forget it. `finished` never settles. */
  cancel(): void
}

export interface Microphone {
  open(onLevel: (recordedSeconds: number, level: number) => void): Promise<Capture>
}

/** Typed by the browser's name for the refusal. */
export function toMicrophoneError(thrown: unknown): ConvergeError {
  const name = thrown instanceof DOMException ? thrown.name : ''
  const facts = { reason: name || String(thrown) }
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return new ConvergeError(
      'microphone-denied',
      'The browser does not let this page use the microphone. Allow it beside the address, then press Record again; or open a recording instead.',
      facts,
    )
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return new ConvergeError(
      'microphone-missing',
      'No microphone was found. Plug one in and press Record again, or open a recording instead.',
      facts,
    )
  }
  return new ConvergeError(
    'microphone-failed',
    'The microphone could not be started; another program may be using it. Close that program and press Record again, or open a recording instead.',
    facts,
  )
}

async function openStream(): Promise<MediaStream> {
  // Absent on pages that came over plain http from another machine.
  if (!('mediaDevices' in navigator)) throw new DOMException('no media devices', 'SecurityError')
  return navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
  })
}

/** Firefox refuses a microphone in a context of another rate: ask the track, else take the device's default. */
function openContext(stream: MediaStream): AudioContext {
  const rateHz = stream.getAudioTracks()[0].getSettings().sampleRate
  return rateHz ? new AudioContext({ sampleRate: rateHz }) : new AudioContext()
}

export function createMicrophone(): Microphone {
  return {
    async open(onLevel) {
      const scope = new Scope()
      try {
        const stream = await openStream()
        scope.add(() => stream.getTracks().forEach((track) => track.stop()))
        const context = openContext(stream)
        scope.add(() => void context.close())
        await context.audioWorklet.addModule(captureWorkletUrl)
        await context.resume()
        const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 })
        context.createMediaStreamSource(stream).connect(node)
        return collect(scope, stream, node, context.sampleRate, onLevel)
      } catch (thrown) {
        scope.dispose()
        throw toMicrophoneError(thrown)
      }
    },
  }
}

function collect(
  scope: Scope,
  stream: MediaStream,
  node: AudioWorkletNode,
  sampleRateHz: number,
  onLevel: (recordedSeconds: number, level: number) => void,
): Capture {
  const blocks: Float32Array[] = []
  let length = 0
  let level = 0
  let resolve: ((captured: Captured) => void) | undefined
  const finished = new Promise<Captured>((settle) => {
    resolve = settle
  })

  function end(endedBy: Captured['endedBy']): void {
    if (scope.disposed) return
    scope.dispose()
    resolve?.({ samples: joinBlocks(blocks, length), sampleRateHz, endedBy })
  }

  const onBlock = (event: MessageEvent<Float32Array>) => {
    const block = event.data
    blocks.push(block)
    length += block.length
    const peak = block.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0)
    level = Math.max(peak, level * LEVEL_DECAY)
    onLevel(length / sampleRateHz, Math.min(1, level))
    if (length >= RECORDING_LIMIT_SECONDS * sampleRateHz) end('limit')
  }
  node.port.addEventListener('message', onBlock)
  node.port.start()
  scope.add(() => node.port.close())
  for (const track of stream.getAudioTracks()) scope.listen(track, 'ended', () => end('device'))

  return { finished, stop: () => end('person'), cancel: () => scope.dispose() }
}

function joinBlocks(blocks: readonly Float32Array[], length: number): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(length)
  let at = 0
  for (const block of blocks) {
    joined.set(block, at)
    at += block.length
  }
  return joined
}
