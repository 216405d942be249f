/** Owns: numbers as people read them. English, fixed digits, so that nothing jumps while it counts. */
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

export function formatCount(count: number, noun: string): string {
  return `${whole.format(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Megabytes as download lists count them: 1 MB is a million bytes. */
export function formatMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}

export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`
  return formatClock(seconds)
}

const two = (value: number) => String(value).padStart(2, '0')

/** 75 -> "1:15"; 7275 -> "2:01:15". */
export function formatClock(seconds: number): string {
  const total = Math.floor(seconds)
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** 0.1234 -> `12.3 %`. */
export const formatRate = (rate: number): string => `${(rate * 100).toFixed(1)} %`

export function formatPercent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`
}

/** A file's name from what is said: letters and digits of the first words. */
export function textToFileName(text: string, extension: string): string {
  const words = text
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const stem = (words ?? []).slice(0, 6).join('-').slice(0, 48)
  return `${stem || 'converge'}.${extension}`
}
