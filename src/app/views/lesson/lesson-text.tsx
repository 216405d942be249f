/** Owns: a lesson's paragraphs, lists and links as elements. A link keeps the lesson open. */
import type { Block, Inline } from '../../lessons/parse-lesson'

interface LessonTextProps {
  readonly blocks: readonly Block[]
  /** Of the lesson. */
  readonly name: string
}

export function LessonText({ blocks, name }: LessonTextProps) {
  return blocks.map((block, i) =>
    block.kind === 'list' ? (
      <ul key={i} className="lesson-list">
        {block.items.map((item, at) => (
          <li key={at}>
            <Inlines inlines={item} name={name} />
          </li>
        ))}
      </ul>
    ) : (
      <p key={i}>
        <Inlines inlines={block.inlines} name={name} />
      </p>
    ),
  )
}

function Inlines({ inlines, name }: { readonly inlines: readonly Inline[]; readonly name: string }) {
  return inlines.map((inline, i) => {
    const { kind, text } = inline
    switch (kind) {
      case 'text':
        return text
      case 'strong':
        return <strong key={i}>{text}</strong>
      case 'emphasis':
        return <em key={i}>{text}</em>
      case 'code':
        return <code key={i}>{text}</code>
      case 'link':
        return (
          <a key={i} className="lesson-link" href={`#${inline.link}&lesson=${name}`}>
            {text}
          </a>
        )
    }
  })
}
