/** Owns: a canvas as sharp as the screen. Sizes in CSS pixels; drawing too. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
  pixelRatio: number,
): CanvasRenderingContext2D | null {
  const [width, height] = [Math.round(widthPx * pixelRatio), Math.round(heightPx * pixelRatio)]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const draw = canvas.getContext('2d')
  draw?.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  draw?.clearRect(0, 0, widthPx, heightPx)
  return draw
}
