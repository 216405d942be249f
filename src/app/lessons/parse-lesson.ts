/**
 * Owns: a lesson's text in a small part of Markdown (docs/lessons/README.md says which) as plain data. Whatever is not in
 * that part stays text, so that nobody can write HTML or a link to elsewhere into a lesson. Knows no component.
 */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  /** To a state of this page: what stands behind #. */
  | { readonly kind: 'link'; readonly text: string; readonly link: string }

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }

export interface Question {
  readonly question: string
  readonly answer: readonly Block[]
}

export interface LessonStep {
  readonly title: string
  readonly blocks: readonly Block[]
  readonly questions: readonly Question[]
}

export interface Lesson {
  readonly title: string
  readonly intro: readonly Block[]
  readonly steps: readonly LessonStep[]
}

interface OpenStep extends LessonStep {
  readonly blocks: Block[]
  readonly questions: { readonly question: string; readonly answer: Block[] }[]
}

const HEADING = /^(#{1,3}) +(.+)$/
const ITEM = /^[-*] +(.+)$/

/** Never fails: a text without headings is a lesson without steps. */
export function parseLesson(markdown: string): Lesson {
  let title = 'Lesson'
  const intro: Block[] = []
  const steps: OpenStep[] = []
  let into = intro
  for (const piece of markdown.replaceAll('\r\n', '\n').split(/\n\s*\n|\n(?=#)|(?<=^#.*)\n/mu)) {
    const heading = HEADING.exec(piece.trim())
    if (!heading) {
      if (piece.trim() !== '') into.push(parseBlock(piece))
      continue
    }
    const [, { length: level }, text] = heading
    const step = steps[steps.length - 1]
    if (level === 1) title = text
    else if (level === 2 || !step) {
      const next: OpenStep = { title: text, blocks: [], questions: [] }
      steps.push(next)
      into = next.blocks
    } else {
      const question = { question: text, answer: [] }
      step.questions.push(question)
      into = question.answer
    }
  }
  return { title, intro, steps }
}

/** A list where every line is an item or goes on with one; else a paragraph. */
function parseBlock(text: string): Block {
  const lines = text.split('\n').map((line) => line.trim())
  if (!ITEM.test(lines[0])) return { kind: 'paragraph', inlines: parseInlines(lines.join(' ').trim()) }
  const items: string[] = []
  for (const line of lines) {
    const item = ITEM.exec(line)
    if (item) items.push(item[1])
    else items[items.length - 1] += ` ${line}`
  }
  return { kind: 'list', items: items.map(parseInlines) }
}

const MARKED = /\[([^\]]+)\]\(#([^()\s]+)\)|\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`/g

function parseInlines(text: string): Inline[] {
  const inlines: Inline[] = []
  let at = 0
  const plain = (end: number) => {
    if (end > at) inlines.push({ kind: 'text', text: text.slice(at, end) })
  }
  for (const match of text.matchAll(MARKED)) {
    plain(match.index)
    at = match.index + match[0].length
    const [, linkText, link, strong, emphasis, code] = match
    if (link) inlines.push({ kind: 'link', text: linkText, link })
    else if (strong) inlines.push({ kind: 'strong', text: strong })
    else if (emphasis) inlines.push({ kind: 'emphasis', text: emphasis })
    else inlines.push({ kind: 'code', text: code })
  }
  plain(text.length)
  return inlines
}
