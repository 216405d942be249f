/**
 * Owns: bringing bytes from device buffers to the caller: one copy, one map.
 */
import type { DeviceGuard } from './device-guard'

export interface ReadSpan {
  readonly buffer: GPUBuffer
  readonly offset: number
  /** A multiple of 4. */
  readonly bytes: number
}

/** The spans one after the other. @throws ConvergeError `engine-failed` */
export async function readBack(guard: DeviceGuard, spans: readonly ReadSpan[]): Promise<ArrayBuffer> {
  const { device } = guard
  const size = spans.reduce((sum, { bytes }) => sum + bytes, 0)
  const { made, taken } = guard.begin(() => {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST
    const buffer = device.createBuffer({ label: 'staging', size, usage })
    const encoder = device.createCommandEncoder()
    let at = 0
    for (const span of spans) {
      encoder.copyBufferToBuffer(span.buffer, span.offset, buffer, at, span.bytes)
      at += span.bytes
    }
    device.queue.submit([encoder.finish()])
    return { staging: buffer, mapped: buffer.mapAsync(GPUMapMode.READ) }
  })
  const { staging, mapped } = made
  // What the device refused is told first, and says more.
  mapped.catch(() => undefined)
  try {
    await taken
    await guard.wait(mapped)
    return staging.getMappedRange().slice(0)
  } finally {
    staging.destroy()
  }
}
