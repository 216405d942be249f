/**
 * Owns: what every export starts from: labels with their times in seconds of the recording, in order.
 */
export interface TimedLabel {
  readonly label: string
  readonly startSeconds: number
  readonly endSeconds: number
}

/** Words, phones or units of one recording. */
export interface Tier {
  readonly name: string
  readonly labels: readonly TimedLabel[]
}

/** One line: what would end a line, or a cue, is a space. Nothing at either end. */
export function oneLine(label: string): string {
  return label.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
