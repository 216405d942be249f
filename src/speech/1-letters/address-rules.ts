/** Owns: how e-mail and web addresses, file names, @handles and #tags are read: anna dot b at mail dot com. */
import { readAlphanumeric } from './word-rules'
import { type Place, type Reading, type Rule, rule } from './reader'

const SIGN_NAMES: Readonly<Record<string, string>> = {
  '.': 'dot',
  '@': 'at',
  '-': 'dash',
  _: 'underscore',
  '+': 'plus',
  '/': 'slash',
  '?': 'question mark',
  '=': 'equals',
  '&': 'and',
  '#': 'hash',
  '%': 'percent',
  '~': 'tilde',
  ':': 'colon',
}

const TOP_LEVEL =
  'com|org|net|edu|gov|mil|int|info|biz|io|ai|dev|app|uk|de|fr|eu|ca|au|jp|us|ch|nl|se|tv|me|co'
const FILE_ENDINGS =
  'txt|pdf|docx?|xlsx?|pptx?|csv|json|xml|html?|js|tsx?|py|md|wav|mp3|mp4|flac|jpe?g|png|gif|svg|zip|gz|exe|onnx|wgsl'

/** Country codes are spelled: dot U K. */
function readAddress(address: string, place: Place): Reading {
  const parts = address.match(/[A-Za-z0-9]+|[^A-Za-z0-9]/g) ?? []
  return parts
    .map((part, i) => {
      if (!/^[A-Za-z0-9]/.test(part)) return SIGN_NAMES[part] ?? ''
      if (part === 'www') return 'W W W'
      if (part.length === 2 && i > 0 && parts[i - 1] === '.' && /^[a-z]+$/.test(part))
        return part.toUpperCase().split('').join(' ')
      return readAlphanumeric(part, place)
    })
    .filter((reading) => reading !== '')
    .join(' ')
}

const HOST = String.raw`[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}`
/** Ends in a letter, digit or slash, so that the sentence keeps its mark. */
const PATH = String.raw`(?:[/?#](?:[A-Za-z0-9._~%=&+/?#:-]{0,300}[A-Za-z0-9/])?)?`

/** Letters first. */
export const ADDRESS_RULES: readonly Rule[] = [
  rule(new RegExp(`(?:https?|ftp)://(${HOST}(?::\\d{1,5})?${PATH})`), ([, address], place) =>
    readAddress(address.replace(/\/$/, ''), place),
  ),
  rule(new RegExp(`www\\.${HOST}${PATH}`), ([address], place) =>
    readAddress(address.replace(/\/$/, ''), place),
  ),
  rule(
    /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}/,
    ([address], place) => readAddress(address, place),
  ),
  rule(
    new RegExp(`[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){0,4}\\.(?:${TOP_LEVEL})(?![A-Za-z0-9-])${PATH}`),
    ([address], place) => readAddress(address.replace(/\/$/, ''), place),
  ),
  rule(new RegExp(`[A-Za-z0-9_-]{1,63}\\.(?:${FILE_ENDINGS})(?![A-Za-z0-9-])`), ([name], place) =>
    readAddress(name, place),
  ),
]

/** Signs first. */
export const TAG_RULES: readonly Rule[] = [
  rule(
    /@([A-Za-z0-9][A-Za-z0-9._]{0,60}[A-Za-z0-9]|[A-Za-z0-9])/,
    ([, name], place) => `at ${readAddress(name, place)}`,
  ),
  rule(/#(?=\d)/, () => 'number'),
  rule(
    /#([A-Za-z][A-Za-z0-9_]{0,80})/,
    ([, tag], place) => `hashtag ${readAddress(tag.replaceAll('_', '-'), place).replaceAll(' dash ', ' ')}`,
  ),
]
