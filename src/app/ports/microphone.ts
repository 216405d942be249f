/**
 * Owns: recording from the microphone at the device's own rate. What was recorded is kept when the device goes away.
 * Every refusal becomes a coded error that says what to do. The sound stays in this page.
 */
import { joinSamples } from '../../speech/4-wave/join'
import { LEVEL_START, watchLevel, type LevelWarning } from '../../speech/4-wave/level'
import { ConvergeError } from '../../speech/errors'
import { Scope } from '../scope'
import type { CapturedBlock } from './capture-block'
// oxlint-disable-next-line import/default -- the bundler makes it an address
import captureWorkletUrl from './capture.worklet.ts?worker&url'

/** Of one recording: it is held in memory at the device's rate. */
const RECORDING_LIMIT_SECONDS = 30 * 60

export interface Captured {
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
  readonly endedBy: 'person' | 'device' | 'limit'
  /** Samples that the browser skipped because the machine was too busy. */
  readonly lostSamples: number
}

export interface Capture {
  readonly sampleRateHz: number
  readonly finished: Promise<Captured>
  stop(): void
  /** Nothing is recorded until `resume`; the device stays open. */
  pause(): void
  resume(): void
  /** Forget it. `finished` never settles. */
  cancel(): void
}

export type OnLevel = (recordedSeconds: number, level: number, warning?: LevelWarning) => void

export interface CaptureOptions {
  /** One of `devices()`; the browser's choice where it is not given. */
  readonly deviceId?: string
  /** Every block as it comes, a copy. */
  readonly onSamples?: (samples: Float32Array<ArrayBuffer>) => void
}

export interface InputDevice {
  readonly id: string
  readonly label: string
}

export interface Microphone {
  open(onLevel: OnLevel, options?: CaptureOptions): Promise<Capture>
  /** Empty labels until a microphone was allowed once. */
  devices?(): Promise<readonly InputDevice[]>
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

async function openStream(deviceId: string | undefined): Promise<MediaStream> {
  // Absent on pages that came over plain http from another machine.
  if (!('mediaDevices' in navigator)) throw new DOMException('no media devices', 'SecurityError')
  return navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: true,
      ...(deviceId && { deviceId: { exact: deviceId } }),
    },
  })
}

/** Firefox refuses a microphone in a context of another rate: ask the track, else take the device's default. */
function openContext(stream: MediaStream): AudioContext {
  const rateHz = stream.getAudioTracks()[0].getSettings().sampleRate
  return rateHz ? new AudioContext({ sampleRate: rateHz }) : new AudioContext()
}

export function createMicrophone(): Microphone {
  return {
    async devices() {
      if (!('mediaDevices' in navigator)) return []
      const all = await navigator.mediaDevices.enumerateDevices()
      return all
        .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }))
    },
    async open(onLevel, options = {}) {
      const scope = new Scope()
      try {
        const stream = await openStream(options.deviceId)
        scope.add(() => stream.getTracks().forEach((track) => track.stop()))
        const context = openContext(stream)
        scope.add(() => void context.close())
        await context.audioWorklet.addModule(captureWorkletUrl)
        await context.resume()
        const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 })
        context.createMediaStreamSource(stream).connect(node)
        return collect({ scope, stream, node, context, onLevel, options })
      } catch (thrown) {
        scope.dispose()
        throw toMicrophoneError(thrown)
      }
    },
  }
}

interface Opened {
  readonly scope: Scope
  readonly stream: MediaStream
  readonly node: AudioWorkletNode
  readonly context: AudioContext
  readonly onLevel: OnLevel
  readonly options: CaptureOptions
}

function collect({ scope, stream, node, context, onLevel, options }: Opened): Capture {
  const sampleRateHz = context.sampleRate
  const blocks: Float32Array[] = []
  let length = 0
  let lostSamples = 0
  let level = LEVEL_START
  let resolve: ((captured: Captured) => void) | undefined
  const finished = new Promise<Captured>((settle) => {
    resolve = settle
  })

  function end(endedBy: Captured['endedBy']): void {
    if (scope.disposed) return
    scope.dispose()
    resolve?.({ samples: joinSamples(blocks), sampleRateHz, endedBy, lostSamples })
  }

  const onBlock = (event: MessageEvent<CapturedBlock>) => {
    const { samples, lost } = event.data
    blocks.push(samples)
    length += samples.length
    lostSamples += lost
    level = watchLevel(level, samples, sampleRateHz)
    onLevel(length / sampleRateHz, level.level, level.warning)
    options.onSamples?.(samples.slice())
    if (length >= RECORDING_LIMIT_SECONDS * sampleRateHz) end('limit')
  }
  node.port.addEventListener('message', onBlock)
  node.port.start()
  scope.add(() => node.port.close())
  for (const track of stream.getAudioTracks()) scope.listen(track, 'ended', () => end('device'))

  return {
    sampleRateHz,
    finished,
    stop: () => end('person'),
    pause() {
      if (!scope.disposed) void context.suspend()
    },
    resume() {
      if (!scope.disposed) void context.resume()
    },
    cancel: () => scope.dispose(),
  }
}
