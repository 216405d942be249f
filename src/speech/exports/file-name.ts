/**
 * Owns: what a downloaded file is called: what was said, then what made it, in signs that every system takes.
 */

const WORDS_LENGTH = 40
/** Names that Windows keeps for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/

/**
 * `The quick brown fox!`, [`af_heart`, `T0.6`, `seed3`], `wav` -> `the-quick-brown-fox_af_heart_T0.6_seed3.wav`
 * @param parts what tells this file from its sisters; left out where there is nothing to tell
 */
export function toFileName(text: string, parts: readonly string[], extension: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, WORDS_LENGTH)
    .replace(/^-+|-+$/g, '')
  const stem = words === '' || RESERVED.test(words) ? 'speech' : words
  const rest = parts.map((part) => part.replace(/[^A-Za-z0-9._-]+/g, '-')).filter((part) => part !== '')
  return `${[stem, ...rest].join('_')}.${extension}`
}
