/**
 * Owns: the microphone's audio-thread half. Mixes the channels of each quantum to mono and hands over blocks, and counts
 * what the browser skipped; knows neither the page nor what the sound is for.
 */
import type { CapturedBlock } from './capture-block'

const BLOCK_SAMPLES = 2048
/**
 * The first block, 0.17 s at 48 kHz. Browsers start unevenly: after a few quanta the clock may leap by 70 ms. A recording
 * begins after the last leap, whole; a leap in later blocks is a loss, and counted.
 */
const START_SAMPLES = 8192

// The audio thread's globals; TypeScript's DOM library leaves them out.
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
/** Samples of the context's clock when this quantum began. */
declare const currentFrame: number
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

class CaptureProcessor extends AudioWorkletProcessor {
  private block = new Float32Array(START_SAMPLES)
  private filled = 0
  private lost = 0
  private hasStarted = false
  private expectedFrame: number | undefined

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const channels = inputs[0] ?? []
    const frames = channels[0]?.length ?? 0
    if (frames > 0) {
      const leap = Math.max(0, currentFrame - (this.expectedFrame ?? currentFrame))
      if (this.hasStarted) this.lost += leap
      else if (leap > 0) this.filled = 0
      this.expectedFrame = currentFrame + frames
    }
    for (let i = 0; i < frames; i += 1) {
      let sum = 0
      for (const channel of channels) sum += channel[i]
      this.block[this.filled] = sum / channels.length
      this.filled += 1
      if (this.filled === this.block.length) {
        const message: CapturedBlock = { samples: this.block, lost: this.lost }
        this.port.postMessage(message, [this.block.buffer])
        this.lost = 0
        this.hasStarted = true
        this.block = new Float32Array(BLOCK_SAMPLES)
        this.filled = 0
      }
    }
    return true
  }
}

registerProcessor('capture', CaptureProcessor)
