/** Owns: a canvas as sharp as the screen. Sizes in CSS pixels; drawing too. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const draw = canvas.getContext('2d')
  draw?.setTransform(ratio, 0, 0, ratio, 0, 0)
  draw?.clearRect(0, 0, widthPx, heightPx)
  return draw
}
