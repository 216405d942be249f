/**
 * Owns: the microphone's audio-thread half. Mixes the channels of each quantum to mono and hands over blocks, and counts
 * what the browser skipped; knows neither the page nor what the sound is for.
 */
import type { CapturedBlock } from './capture-block'

const BLOCK_SAMPLES = 2048

// The audio thread's globals; TypeScript's DOM library leaves them out.
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
/** Samples of the context's clock when this quantum began. */
declare const currentFrame: number
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

class CaptureProcessor extends AudioWorkletProcessor {
  private block = new Float32Array(BLOCK_SAMPLES)
  private filled = 0
  private lost = 0
  private expectedFrame: number | undefined

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const channels = inputs[0] ?? []
    const frames = channels[0]?.length ?? 0
    if (frames > 0) {
      this.lost += Math.max(0, currentFrame - (this.expectedFrame ?? currentFrame))
      this.expectedFrame = currentFrame + frames
    }
    for (let i = 0; i < frames; i += 1) {
      let sum = 0
      for (const channel of channels) sum += channel[i]
      this.block[this.filled] = sum / channels.length
      this.filled += 1
      if (this.filled === BLOCK_SAMPLES) {
        const message: CapturedBlock = { samples: this.block, lost: this.lost }
        this.port.postMessage(message, [this.block.buffer])
        this.lost = 0
        this.block = new Float32Array(BLOCK_SAMPLES)
        this.filled = 0
      }
    }
    return true
  }
}

registerProcessor('capture', CaptureProcessor)
