/**
 * Owns: Praat's TextGrid in its long text form. A tier covers the whole recording without a gap: silence is an interval
 * with an empty label. Praat knows no interval without length; labels that begin at the same time share it evenly, and
 * those at the recording's end push back what stands before them.
 */
import { oneLine, type Tier, type TimedLabel } from './timed'

/** A microsecond. */
const DECIMALS = 6
const SHORTEST_SECONDS = 1 / 10 ** DECIMALS
const round = (seconds: number): number => Number(seconds.toFixed(DECIMALS))

export function tiersToTextGrid(tiers: readonly Tier[], endSeconds: number): string {
  const ends = tiers.flatMap(({ labels }) => [
    labels.length * SHORTEST_SECONDS,
    ...labels.map((label) => label.endSeconds),
  ])
  const end = round(ends.reduce((most, each) => Math.max(most, each), endSeconds))
  const lines = [
    'File type = "ooTextFile"',
    'Object class = "TextGrid"',
    '',
    'xmin = 0',
    `xmax = ${end}`,
    'tiers? <exists>',
    `size = ${tiers.length}`,
    'item []:',
    ...tiers.flatMap(({ name, labels }, i) => {
      const intervals = withSilences(pushBack(spread(labels), end), end)
      return [
        `    item [${i + 1}]:`,
        '        class = "IntervalTier"',
        `        name = ${quote(name)}`,
        '        xmin = 0',
        `        xmax = ${end}`,
        `        intervals: size = ${intervals.length}`,
        ...intervals.flatMap(({ label, startSeconds, endSeconds: intervalEnd }, j) => [
          `        intervals [${j + 1}]:`,
          `            xmin = ${startSeconds}`,
          `            xmax = ${intervalEnd}`,
          `            text = ${quote(label)}`,
        ]),
      ]
    }),
  ]
  return `${lines.join('\n')}\n`
}

/** Labels one after the other, none without length and none over another, in microseconds. */
function spread(labels: readonly TimedLabel[]): TimedLabel[] {
  const out: TimedLabel[] = []
  for (let i = 0; i < labels.length;) {
    const start = Math.max(round(labels[i].startSeconds), out[out.length - 1]?.endSeconds ?? 0)
    let next = i + 1
    while (next < labels.length && round(labels[next].startSeconds) <= start) next++
    const wanted = round(Math.max(...labels.slice(i, next).map(({ endSeconds }) => endSeconds)))
    const limit = next < labels.length ? round(labels[next].startSeconds) : Infinity
    const shortest = (next - i) * SHORTEST_SECONDS
    const end = Math.max(Math.min(wanted, limit), start + shortest)
    const share = (end - start) / (next - i)
    for (let j = i; j < next; j++) {
      out.push({
        label: labels[j].label,
        startSeconds: round(start + (j - i) * share),
        endSeconds: round(start + (j + 1 - i) * share),
      })
    }
    i = next
  }
  return out
}

/** Ends at `endSeconds` at the latest; each keeps the shortest length. */
function pushBack(labels: readonly TimedLabel[], endSeconds: number): TimedLabel[] {
  let limit = endSeconds
  return labels
    .toReversed()
    .map((label) => {
      const end = Math.min(label.endSeconds, limit)
      const start = Math.min(label.startSeconds, round(end - SHORTEST_SECONDS))
      limit = start
      return { ...label, startSeconds: start, endSeconds: end }
    })
    .toReversed()
}

function withSilences(labels: readonly TimedLabel[], endSeconds: number): TimedLabel[] {
  const intervals: TimedLabel[] = []
  let at = 0
  for (const label of labels) {
    if (label.startSeconds > at)
      intervals.push({ label: '', startSeconds: at, endSeconds: label.startSeconds })
    intervals.push(label)
    at = label.endSeconds
  }
  if (at < endSeconds || intervals.length === 0) intervals.push({ label: '', startSeconds: at, endSeconds })
  return intervals
}

const quote = (text: string): string => `"${oneLine(text).replaceAll('"', '""')}"`
