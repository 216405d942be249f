/**
 * Owns: the arithmetic of the shared time axis: which stretch is visible and how many pixels a second has. Pure; pixels
 * are CSS pixels.
 */
export interface AxisView {
  readonly seconds: number
  readonly widthPx: number
  readonly pxPerSecond: number
  readonly scrollPx: number
}

export const MAX_PX_PER_SECOND = 2400
/** Phones are legible from here on: the start of a short take is shown at this scale. */
const LEGIBLE_PX_PER_SECOND = 200
const LONG_SECONDS = 30

export function fitPxPerSecond(seconds: number, widthPx: number): number {
  return widthPx / Math.max(seconds, 0.05)
}

export function firstPxPerSecond(seconds: number, widthPx: number): number {
  const fit = fitPxPerSecond(seconds, widthPx)
  return seconds > LONG_SECONDS ? fit : Math.max(fit, LEGIBLE_PX_PER_SECOND)
}

export function clampZoom(pxPerSecond: number, seconds: number, widthPx: number): number {
  const fit = fitPxPerSecond(seconds, widthPx)
  return Math.min(Math.max(MAX_PX_PER_SECOND, fit), Math.max(fit, pxPerSecond))
}

/** The scroll position that keeps `anchorSeconds` where it is on screen while the scale changes. */
export function scrollAfterZoom(view: AxisView, pxPerSecond: number, anchorSeconds: number): number {
  const onScreenPx = anchorSeconds * view.pxPerSecond - view.scrollPx
  const longest = Math.max(0, view.seconds * pxPerSecond - view.widthPx)
  return Math.min(longest, Math.max(0, anchorSeconds * pxPerSecond - onScreenPx))
}

export const viewStartSeconds = (view: AxisView) => view.scrollPx / view.pxPerSecond
export const viewEndSeconds = (view: AxisView) => (view.scrollPx + view.widthPx) / view.pxPerSecond
export const secondsToPx = (view: AxisView, seconds: number) => seconds * view.pxPerSecond - view.scrollPx
export const pxToSeconds = (view: AxisView, px: number) =>
  Math.min(view.seconds, Math.max(0, (px + view.scrollPx) / view.pxPerSecond))

/** What stays in place while the buttons zoom: the playhead where it is visible, else the middle. */
export function zoomAnchor(view: AxisView, playheadSeconds: number): number {
  const px = secondsToPx(view, playheadSeconds)
  return px >= 0 && px <= view.widthPx ? playheadSeconds : pxToSeconds(view, view.widthPx / 2)
}

/** A round distance between ticks that are at least `minPx` apart. */
export function tickSeconds(pxPerSecond: number, minPx: number): number {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600]
  return steps.find((step) => step * pxPerSecond >= minPx) ?? 1200
}
