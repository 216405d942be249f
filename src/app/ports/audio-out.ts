/**
 * Owns: sound through Web Audio. One sound plays at a time, whole or still growing, from any sample to any sample; its
 * pieces are scheduled ahead without gaps. A piece is a tenth of a second, a whole number of samples at every common
 * rate, so that the browser's resampling never starts between two samples. Knows no store.
 */
import type { Scope } from '../scope'
import type { SoundSource } from '../sound-shelf'

const AHEAD_SECONDS = 2
const LEAD_SECONDS = 0.03
const FEED_INTERVAL_MS = 80
const FADE_SECONDS = 0.004
/** After the sound ran out while it was still being made: wait for this much, rather than stutter. */
const REBUFFER_SECONDS = 0.7

export interface Playing {
  /** Where the ear is now. */
  positionSeconds(): number
  stop(): void
}

export interface AudioOut {
  /** Call it in a click: browsers wake audio only there. */
  wake(): void
  /** `onEnded` is told of an end by itself, not of a stop, and never within `play`. */
  play(source: SoundSource, fromSeconds: number, toSeconds: number | undefined, onEnded: () => void): Playing
}

interface Piece {
  readonly atSeconds: number
  readonly startSample: number
  readonly endSample: number
}

export function createAudioOut(scope: Scope): AudioOut {
  let context: AudioContext | undefined

  function currentContext(): AudioContext {
    if (!context) {
      context = new AudioContext()
      const opened = context
      scope.add(() => void opened.close())
    }
    if (context.state === 'suspended') void context.resume()
    return context
  }

  return {
    wake: () => void currentContext(),
    play(source, fromSeconds, toSeconds, onEnded) {
      return playPieces(currentContext(), scope.child(), source, fromSeconds, toSeconds, onEnded)
    },
  }
}

function playPieces(
  context: AudioContext,
  scope: Scope,
  source: SoundSource,
  fromSeconds: number,
  toSeconds: number | undefined,
  onEnded: () => void,
): Playing {
  const rateHz = source.sampleRateHz
  const pieceSamples = Math.round(rateHz / 10)
  const limitSample = toSeconds === undefined ? Infinity : Math.round(toSeconds * rateHz)
  const gain = context.createGain()
  gain.connect(context.destination)
  const pieces: Piece[] = []
  let nextSample = Math.max(0, Math.round(fromSeconds * rateHz))
  let nextAt = 0
  let isStarved = false
  let isStopped = false
  let lastPosition = nextSample / rateHz

  const alignToContext = (seconds: number) => Math.ceil(seconds * context.sampleRate) / context.sampleRate

  function feed(): void {
    while (nextAt < context.currentTime + AHEAD_SECONDS) {
      const available = Math.min(source.lengthSamples(), limitSample)
      const isLast = source.isWhole() || available === limitSample
      const count = Math.min(pieceSamples, available - nextSample)
      if (count <= 0 || (count < pieceSamples && !isLast)) break
      if (isStarved && !isLast && available - nextSample < REBUFFER_SECONDS * rateHz) break
      isStarved = false
      if (nextAt < context.currentTime + LEAD_SECONDS / 2) {
        nextAt = alignToContext(context.currentTime + LEAD_SECONDS)
      }
      const buffer = context.createBuffer(1, count, rateHz)
      buffer.copyToChannel(source.read(nextSample, nextSample + count), 0)
      const node = context.createBufferSource()
      node.buffer = buffer
      node.connect(gain)
      node.start(nextAt)
      const release = scope.add(() => node.stop())
      node.addEventListener('ended', release)
      pieces.push({ atSeconds: nextAt, startSample: nextSample, endSample: nextSample + count })
      if (pieces.length === 1) fadeIn(gain, nextAt)
      nextSample += count
      nextAt += count / rateHz
    }
    if (pieces.length > 0 && context.currentTime >= nextAt) isStarved = true
  }

  function tick(): void {
    feed()
    const isDone = source.isWhole() || limitSample <= source.lengthSamples()
    if (isDone && nextSample >= Math.min(source.lengthSamples(), limitSample)) {
      if (context.currentTime >= nextAt) {
        stop()
        onEnded()
      }
    }
  }

  function positionSeconds(): number {
    const now = context.currentTime - (context.outputLatency || 0)
    while (pieces.length > 1 && pieces[1].atSeconds <= now) pieces.shift()
    const piece = pieces[0]
    if (piece && now >= piece.atSeconds) {
      const sample = piece.startSample + (now - piece.atSeconds) * rateHz
      lastPosition = Math.min(sample, piece.endSample) / rateHz
    }
    return lastPosition
  }

  function stop(): void {
    if (isStopped) return
    isStopped = true
    stopTicking()
    positionSeconds()
    gain.gain.setTargetAtTime(0, context.currentTime, FADE_SECONDS)
    setTimeout(() => {
      scope.dispose()
      gain.disconnect()
    }, FADE_SECONDS * 5000)
  }

  const stopTicking = scope.every(FEED_INTERVAL_MS, tick)
  feed()
  return { positionSeconds, stop }
}

function fadeIn(gain: GainNode, atSeconds: number): void {
  gain.gain.setValueAtTime(0, atSeconds)
  gain.gain.linearRampToValueAtTime(1, atSeconds + FADE_SECONDS)
}
