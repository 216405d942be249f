/** Owns: the arithmetic of a plot's axes: value to pixel, and round ticks. */
export type Scale = (value: number) => number

export function linearScale(from: number, to: number, startPx: number, endPx: number): Scale {
  const span = to - from || 1
  return (value) => startPx + ((value - from) / span) * (endPx - startPx)
}

export function logScale(from: number, to: number, startPx: number, endPx: number): Scale {
  const place = linearScale(Math.log(from), Math.log(to), startPx, endPx)
  return (value) => place(Math.log(value))
}

/** Round numbers within the range, at most `most` of them. */
export function roundTicks(from: number, to: number, most: number): number[] {
  const rough = Math.max((to - from) / most, Number.EPSILON)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough
  const ticks: number[] = []
  for (let tick = Math.ceil(from / step - 1e-9); tick * step <= to + step * 1e-9; tick++)
    ticks.push(Number((tick * step).toPrecision(12)))
  return ticks
}

/** An SVG path through points; a line breaks where the y is null. Rounded, so that files stay small. */
export function pointsToPath(points: Iterable<readonly [xPx: number, yPx: number | null]>): string {
  let path = ''
  let isDown = false
  for (const [x, y] of points) {
    if (y !== null) path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    isDown = y !== null
  }
  return path
}
