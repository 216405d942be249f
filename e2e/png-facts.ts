/** Owns: what a saved PNG shows: its size, and how many colours there are in it (an empty picture has one). */
import type { Page } from '@playwright/test'

interface PngFacts {
  readonly width: number
  readonly height: number
  readonly colors: number
}

export function pngFacts(page: Page, bytes: Buffer): Promise<PngFacts> {
  return page.evaluate(
    async (given) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(given)], { type: 'image/png' }))
      const { width, height } = image
      const draw = new OffscreenCanvas(width, height).getContext('2d')
      draw?.drawImage(image, 0, 0)
      const pixels = new Uint32Array(draw?.getImageData(0, 0, width, height).data.buffer ?? [])
      return { width, height, colors: new Set(pixels).size }
    },
    [...bytes],
  )
}
