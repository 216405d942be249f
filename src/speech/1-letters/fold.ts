/**
 * Owns: any string -> plain letters. Accents fall off, typographic signs become ASCII, white space becomes a space or a
 * line feed; a few signs that can be read (£ € ° …) stay. What is left over is listed, whole grapheme clusters, and
 * becomes a space. Every folded character remembers where it came from. Knows nothing of words.
 */
import type { Span } from './token'

export interface FoldedText {
  /** ASCII letters, digits and signs, line feeds, and `KEPT_SIGNS`. */
  readonly text: string
  readonly unreadable: ReadonlySet<string>
  /** The stretch of the original that a folded stretch came from. */
  readonly toSource: (start: number, end: number) => Span
}

const KEPT_SIGNS = '£€¥¢₹°µ×÷±§'

const REPLACEMENTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "'": '‘’‛ʼ´′＇',
    '"': '“”„‟«»″',
    '-': '‐‑‒–−',
    '--': '—―',
    ',': '•·‣▪●◦、，،',
    '.': '。',
    '?': '؟',
    µ: 'μ',
    '\n': '\u2028\u2029\u0085',
    ' ': '`',
    'No.': '№',
    '': '¿¡',
    ss: 'ß',
    ae: 'æ',
    oe: 'œ',
    o: 'ø',
    d: 'đð',
    l: 'ł',
    th: 'þ',
    i: 'ı',
    Ae: 'Æ',
    Oe: 'Œ',
    O: 'Ø',
    D: 'ĐÐ',
    L: 'Ł',
    Th: 'Þ',
  }).flatMap(([plain, signs]) => signs.split('').map((sign) => [sign, plain] as const)),
)

/** Compatibility decomposition would read these as letters (“tm”). */
const NEVER_READ = new Set('™℠®©'.split(''))
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'
const SUPERSCRIPTS_PLAIN = '0123456789-'

/** An en dash with a blank on either side between numbers is a range, as without them; a minus sign or a hyphen is not. */
const SPACED_RANGE = /(?<=\d)[^\S\r\n]–[^\S\r\n](?=[$£€¥₹]?\d)/g

/** Control characters that are no white space: they divide words as blanks do, and are told as skipped. */
const CONTROL = /(?!\s|\x85)\p{Cc}/u
const CONTROLS = new RegExp(CONTROL, 'gu')

/** A sign to show for a control character: ␇ for BEL, U+0090 where Unicode has no picture. */
function toPicture(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '␡' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** A segment costs time in proportion to the string it is cut from, so long runs are cut in stretches. */
const STRETCH_CHARACTERS = 256

/** Grapheme clusters; one longer than a stretch comes in parts. */
function* graphemes(run: string): Generator<string> {
  let at = 0
  while (at < run.length) {
    const stretch = [...segmenter.segment(run.slice(at, at + STRETCH_CHARACTERS))]
    const isLastStretch = at + STRETCH_CHARACTERS >= run.length
    // The last cluster may go on in the next stretch.
    const whole = isLastStretch || stretch.length === 1 ? stretch : stretch.slice(0, -1)
    for (const { segment } of whole) {
      yield segment
      at += segment.length
    }
  }
}

export function foldText(source: string): FoldedText {
  const pieces: string[] = []
  /** For every folded character, where its cluster starts and ends. */
  const starts: number[] = []
  const ends: number[] = []
  const unreadable = new Set<string>()
  /** Where blanks are left out. */
  const silent = new Set<number>()
  for (const { index } of source.matchAll(SPACED_RANGE)) silent.add(index).add(index + 2)
  let last = ''

  const emit = (folded: string, start: number, end: number): void => {
    pieces.push(folded)
    for (let i = 0; i < folded.length; i++) {
      starts.push(start)
      ends.push(end)
    }
    if (folded !== '') last = folded[folded.length - 1]
  }
  const emitAscii = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      if (CONTROL.test(source[i])) unreadable.add(toPicture(source[i]))
      emit(silent.has(i) ? '' : foldAscii(source[i]), i, i + 1)
    }
  }

  let at = 0
  let previous = ''
  for (const run of source.matchAll(/[^\0-\x7f]+/g)) {
    // A combining sign belongs to the ASCII character before it.
    const runStart = Math.max(at, run.index - 1)
    emitAscii(at, runStart)
    at = runStart
    for (const cluster of graphemes(source.slice(runStart, run.index + run[0].length))) {
      for (const control of cluster.match(CONTROLS) ?? []) unreadable.add(toPicture(control))
      const folded = silent.has(at) ? '' : foldCluster(cluster, previous, last)
      if (folded === undefined) unreadable.add(cluster.replace(/\p{Surrogate}/gu, '\uFFFD'))
      emit(folded ?? ' ', at, at + cluster.length)
      previous = cluster
      at += cluster.length
    }
  }
  emitAscii(at, source.length)

  return {
    text: pieces.join(''),
    unreadable,
    toSource: (start, end) => ({ start: starts[start], end: ends[end - 1] }),
  }
}

function foldAscii(character: string): string {
  if (character === '\n' || (character >= ' ' && character <= '~')) return character === '`' ? ' ' : character
  return ' '
}

/** undefined: nobody can read this aloud. `last` is the folded character before, `previous` the cluster before. */
function foldCluster(cluster: string, previous: string, last: string): string | undefined {
  if (cluster === '\r\n') return '\n'
  if (cluster.length === 1 && cluster <= '\x7f') return foldAscii(cluster)
  const visible = cluster.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  if (NEVER_READ.has(visible)) return undefined
  // 10−3 with a minus sign of its own is no range.
  if (visible === '−' && /\d/.test(last)) return ' - '
  const replacement = REPLACEMENTS.get(visible)
  if (replacement !== undefined) return replacement
  if (KEPT_SIGNS.includes(visible)) return visible
  const power = visible === '' ? undefined : SUPERSCRIPTS_PLAIN[SUPERSCRIPTS.indexOf(visible)]
  if (power !== undefined) return SUPERSCRIPTS.includes(previous) && previous !== '' ? power : `^${power}`

  let plain = ''
  for (const character of visible.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('\u2044', '/')) {
    const folded = REPLACEMENTS.get(character) ?? character
    if (/^[\s\p{Cc}]$/u.test(folded)) plain += ' '
    else if (/^[!-~]*$/.test(folded) || KEPT_SIGNS.includes(folded)) plain += folded
    else return undefined
  }
  // 2½ is two and a half, not twenty-one halves.
  return plain.includes('/') && /\d/.test(last) ? ` ${plain}` : plain
}
