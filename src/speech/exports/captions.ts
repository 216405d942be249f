/**
 * Owns: subtitles: words gathered into lines that can be read in passing, and the two forms players know, SRT and WebVTT.
 */
import { oneLine, type TimedLabel } from './timed'

const LINE_CHARACTERS = 42
const LINE_SECONDS = 5
/** A pause as long as this ends a line. */
const PAUSE_SECONDS = 0.6

export function wordsToLines(words: readonly TimedLabel[]): TimedLabel[] {
  const lines: TimedLabel[] = []
  for (const word of words) {
    const line = lines[lines.length - 1]
    const label = line ? `${line.label} ${word.label}` : ''
    const isSameLine =
      line !== undefined &&
      label.length <= LINE_CHARACTERS &&
      word.endSeconds - line.startSeconds <= LINE_SECONDS &&
      word.startSeconds - line.endSeconds < PAUSE_SECONDS
    if (isSameLine) lines[lines.length - 1] = { ...line, label, endSeconds: word.endSeconds }
    else lines.push(word)
  }
  return lines
}

/** Plain text; what looks like a tag or an arrow is told apart by a full-width sign, for SRT knows no escapes. */
export function linesToSrt(lines: readonly TimedLabel[]): string {
  return cues(lines)
    .map(({ label, startSeconds, endSeconds }, i) => {
      const text = label.replaceAll('-->', '→').replaceAll('<', '＜')
      return `${i + 1}\n${clock(startSeconds, ',')} --> ${clock(endSeconds, ',')}\n${text}\n`
    })
    .join('\n')
}

export function linesToVtt(lines: readonly TimedLabel[]): string {
  const blocks = cues(lines).map(({ label, startSeconds, endSeconds }) => {
    const text = label.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return `${clock(startSeconds, '.')} --> ${clock(endSeconds, '.')}\n${text}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

/** An empty cue would end the file's block too early. */
function cues(lines: readonly TimedLabel[]): TimedLabel[] {
  return lines.map((line) => ({ ...line, label: oneLine(line.label) })).filter(({ label }) => label !== '')
}

/** 3725.5 -> 01:02:05.500 */
function clock(seconds: number, point: ',' | '.'): string {
  const ms = Math.max(0, Math.round(seconds * 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const whole = Math.floor(ms / 1000)
  const clockTime = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':')
  return clockTime + point + String(ms % 1000).padStart(3, '0')
}
