/** Owns: an SVG of its own as a PNG, twice as sharp as its size in CSS pixels, so that it can be printed or projected. */
import { ConvergeError } from '../../speech/errors'

const SCALE = 2
/** Beyond this no browser draws. */
const MAX_SIDE_PX = 16_000

/** @throws ConvergeError `plot-unsaved` where the browser refuses to draw it */
export async function svgToPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const scale = Math.min(SCALE, MAX_SIDE_PX / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!png) throw new Error('the canvas gave no picture')
    return new Uint8Array(await png.arrayBuffer())
  } catch (thrown) {
    const message = 'The browser could not make a PNG of this plot. Save it as SVG.'
    throw new ConvergeError('plot-unsaved', message, { cause: String(thrown) })
  } finally {
    URL.revokeObjectURL(url)
  }
}
