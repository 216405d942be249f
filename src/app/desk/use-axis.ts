/**
 * Owns: one axis in a scrolling element: its measured width, scale and scroll position, and the ways to change them. The
 * browser's own scroll bar is the one truth of the position.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Scope } from '../scope'
import { clampZoom, firstPxPerSecond, fitPxPerSecond, scrollAfterZoom, type AxisView } from './axis'

const WHEEL_ZOOM = 0.0025
const BARELY_MORE = 1.001
/** What is revealed comes to stand this far from the left edge. */
const LEFT_SHARE = 0.1

export interface Axis {
  readonly view: AxisView
  /** The ref of the scrolling element. */
  readonly setScroller: (element: HTMLDivElement | null) => void
  readonly zoomBy: (factor: number, anchorSeconds: number) => void
  readonly fit: () => void
  /** Scrolls only if this stretch is not in view. */
  readonly reveal: (startSeconds: number, endSeconds: number) => void
}

function resized(old: AxisView, seconds: number, widthPx: number): AxisView {
  if (widthPx === 0) return old
  const isFitted = old.pxPerSecond <= fitPxPerSecond(old.seconds, old.widthPx) * BARELY_MORE
  const isNew = old.widthPx === 0 || old.seconds !== seconds
  const wanted = isNew ? firstPxPerSecond(seconds, widthPx) : isFitted ? 0 : old.pxPerSecond
  return { ...old, seconds, widthPx, pxPerSecond: clampZoom(wanted, seconds, widthPx) }
}

function zoomed(old: AxisView, factor: number, anchorSeconds: number): AxisView {
  const pxPerSecond = clampZoom(old.pxPerSecond * factor, old.seconds, old.widthPx)
  return { ...old, pxPerSecond, scrollPx: scrollAfterZoom(old, pxPerSecond, anchorSeconds) }
}

export function useAxis(seconds: number): Axis {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [view, setView] = useState<AxisView>({ seconds, widthPx: 0, pxPerSecond: 100, scrollPx: 0 })
  const shown = useRef(view)

  useLayoutEffect(() => {
    const isRescaled = shown.current.pxPerSecond !== view.pxPerSecond
    shown.current = view
    // Only now has the track the length that makes the new position legal.
    if (scroller && isRescaled) scroller.scrollTo({ left: view.scrollPx })
  }, [scroller, view])

  const zoomBy = useCallback((factor: number, anchorSeconds: number) => {
    setView((old) => zoomed(old, factor, anchorSeconds))
  }, [])
  const fit = useCallback(() => zoomBy(0, 0), [zoomBy])

  useEffect(() => {
    if (!scroller) return undefined
    const scope = new Scope()
    const resize = () => setView((old) => resized(old, seconds, scroller.clientWidth))
    const observer = new ResizeObserver(resize)
    observer.observe(scroller)
    scope.add(() => observer.disconnect())
    scope.listen(scroller, 'scroll', () => setView((old) => ({ ...old, scrollPx: scroller.scrollLeft })))
    const onWheel = (event: Event) => {
      if (!(event instanceof WheelEvent) || !event.ctrlKey) return
      event.preventDefault()
      const { pxPerSecond, scrollPx } = shown.current
      const px = event.clientX - scroller.getBoundingClientRect().left
      zoomBy(Math.exp(-event.deltaY * WHEEL_ZOOM), (px + scrollPx) / pxPerSecond)
    }
    scope.listen(scroller, 'wheel', onWheel, { passive: false })
    resize()
    return () => scope.dispose()
  }, [scroller, seconds, zoomBy])

  const reveal = useCallback(
    (startSeconds: number, endSeconds: number) => {
      if (!scroller) return
      const { pxPerSecond, widthPx } = shown.current
      const [left, right] = [startSeconds * pxPerSecond, endSeconds * pxPerSecond]
      const isInView = left >= scroller.scrollLeft && right <= scroller.scrollLeft + widthPx
      if (!isInView) scroller.scrollTo({ left: left - widthPx * LEFT_SHARE })
    },
    [scroller],
  )

  return { view, setScroller, zoomBy, fit, reveal }
}
