/**
 * Owns: one axis in a scrolling element: its measured width, scale and scroll position, and the ways to change them. The
 * browser's own scroll bar is the one truth of the position.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { Scope } from '../scope'
import { clampZoom, firstPxPerSecond, fitPxPerSecond, scrollAfterZoom, type AxisView } from './axis'

const WHEEL_ZOOM = 0.0025

export interface Axis {
  readonly view: AxisView
  readonly scroller: RefObject<HTMLDivElement | null>
  zoomBy(factor: number, anchorSeconds: number): void
  fit(): void
  /** Scrolls as little as shows this stretch. */
  reveal(startSeconds: number, endSeconds: number): void
}

export function useAxis(seconds: number): Axis {
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<AxisView>({ seconds, widthPx: 0, pxPerSecond: 100, scrollPx: 0 })
  const pendingScroll = useRef<number | null>(null)
  const current = useRef(view)
  current.current = view

  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const scope = new Scope()
    const resize = () => {
      const widthPx = element.clientWidth
      setView((old) => {
        if (widthPx === 0) return old
        const isFitted = old.pxPerSecond <= fitPxPerSecond(seconds, old.widthPx) * 1.001
        const isNew = old.widthPx === 0 || old.seconds !== seconds
        const wanted = isNew || isFitted ? firstPxPerSecond(seconds, widthPx) : old.pxPerSecond
        return { ...old, seconds, widthPx, pxPerSecond: clampZoom(wanted, seconds, widthPx) }
      })
    }
    const observer = new ResizeObserver(resize)
    observer.observe(element)
    scope.add(() => observer.disconnect())
    scope.listen(element, 'scroll', () => setView((old) => ({ ...old, scrollPx: element.scrollLeft })))
    const onWheel = (event: Event) => {
      if (!(event instanceof WheelEvent) || !event.ctrlKey) return
      event.preventDefault()
      const { pxPerSecond, scrollPx } = current.current
      const x = event.clientX - element.getBoundingClientRect().left
      zoom(Math.exp(-event.deltaY * WHEEL_ZOOM), (x + scrollPx) / pxPerSecond)
    }
    scope.listen(element, 'wheel', onWheel, { passive: false })
    resize()
    return () => scope.dispose()
  }, [seconds])

  // The new scroll position is legal only when the track has its new width.
  useLayoutEffect(() => {
    if (pendingScroll.current === null || !scroller.current) return
    scroller.current.scrollLeft = pendingScroll.current
    pendingScroll.current = null
  }, [view.pxPerSecond])

  function zoom(factor: number, anchorSeconds: number): void {
    setView((old) => {
      const pxPerSecond = clampZoom(old.pxPerSecond * factor, old.seconds, old.widthPx)
      const scrollPx = scrollAfterZoom(old, pxPerSecond, anchorSeconds)
      pendingScroll.current = scrollPx
      return { ...old, pxPerSecond, scrollPx }
    })
  }

  const zoomBy = useCallback(zoom, [])
  const fit = useCallback(() => zoom(0, 0), [])
  const reveal = useCallback((startSeconds: number, endSeconds: number) => {
    const element = scroller.current
    if (!element) return
    const { pxPerSecond, widthPx } = current.current
    const [left, right] = [startSeconds * pxPerSecond, endSeconds * pxPerSecond]
    if (left < element.scrollLeft) element.scrollLeft = left - widthPx * 0.1
    else if (right > element.scrollLeft + widthPx) element.scrollLeft = right - widthPx * 0.9
  }, [])

  return { view, scroller, zoomBy, fit, reveal }
}
