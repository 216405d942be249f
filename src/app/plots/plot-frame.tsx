/**
 * Owns: what every plot has around it: a title, a sentence that says what there is to see, the picture, and its tools. The
 * SVG carries its own colours, so that it looks the same outside of the page.
 */
import './plot-frame.css'
import { useDeferredValue, useRef, type ReactNode } from 'react'
import { PlotTools, type PlotToolsProps } from './plot-tools'
import { svgToText } from './svg-file'
import { useWidth } from './use-width'

export interface PlotFrameProps extends Omit<PlotToolsProps, 'toSvg'> {
  readonly sentence: string
  /** The picture for this width in CSS pixels; holds one SVG with the role `img`. */
  readonly children: (widthPx: number) => ReactNode
  readonly tools?: ReactNode
}

export function PlotFrame({ sentence, children, tools, ...plot }: PlotFrameProps) {
  const picture = useRef<HTMLDivElement>(null)
  // The picture is drawn in slices of its own, not in the task that measures.
  const widthPx = useDeferredValue(useWidth(picture))
  const toSvg = () => {
    const svg = picture.current?.querySelector<SVGSVGElement>('svg[role=img]')
    return svg ? svgToText(svg) : undefined
  }
  return (
    <figure className="plot" aria-label={plot.title}>
      <figcaption>
        <h3>{plot.title}</h3>
        <p className="hint">{sentence}</p>
      </figcaption>
      {tools}
      <div ref={picture} className="plot-picture">
        {widthPx > 0 && children(widthPx)}
      </div>
      <PlotTools {...plot} toSvg={toSvg} />
    </figure>
  )
}
