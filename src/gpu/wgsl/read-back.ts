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
  const staging = device.createBuffer({
    label: 'staging',
    size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  })
  try {
    await guard.attempt(() => {
      const encoder = device.createCommandEncoder()
      let at = 0
      for (const { buffer, offset, bytes } of spans) {
        encoder.copyBufferToBuffer(buffer, offset, staging, at, bytes)
        at += bytes
      }
      device.queue.submit([encoder.finish()])
      return staging.mapAsync(GPUMapMode.READ)
    })
    return staging.getMappedRange().slice(0)
  } finally {
    staging.destroy()
  }
}
