import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLesson, type Block, type Inline } from './parse-lesson'

const LESSON = `# What is a token?

Speech as *text*,
over two lines.

## First step
Listen: [say it](#v=1&text=Hi). It has \`40\` units a **second**.

- one
- two
  goes on

### How many in a minute?
2,400.

### And in an hour?

144,000.

- all of them

## Second step

Done.
`

const text = (value: string): Inline => ({ kind: 'text', text: value })
const paragraph = (...inlines: Inline[]): Block => ({ kind: 'paragraph', inlines })

test('headings are steps and questions; paragraphs and lists stand under them', () => {
  expect(parseLesson(LESSON)).toEqual({
    title: 'What is a token?',
    intro: [paragraph(text('Speech as '), { kind: 'emphasis', text: 'text' }, text(', over two lines.'))],
    steps: [
      {
        title: 'First step',
        blocks: [
          paragraph(
            text('Listen: '),
            { kind: 'link', text: 'say it', link: 'v=1&text=Hi' },
            text('. It has '),
            { kind: 'code', text: '40' },
            text(' units a '),
            { kind: 'strong', text: 'second' },
            text('.'),
          ),
          { kind: 'list', items: [[text('one')], [text('two goes on')]] },
        ],
        questions: [
          { question: 'How many in a minute?', answer: [paragraph(text('2,400.'))] },
          {
            question: 'And in an hour?',
            answer: [paragraph(text('144,000.')), { kind: 'list', items: [[text('all of them')]] }],
          },
        ],
      },
      { title: 'Second step', blocks: [paragraph(text('Done.'))], questions: [] },
    ],
  })
  expect(parseLesson(LESSON.replaceAll('\n', '\r\n'))).toEqual(parseLesson(LESSON))
})

test('HTML and links to elsewhere stay text', () => {
  for (const hostile of [
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](https://elsewhere.test)',
    '![x](#v=1)'.slice(1).replace('#', '//'),
  ]) {
    expect(parseLesson(hostile).intro).toEqual([paragraph(text(hostile))])
  }
})

const words = (block: Block): string =>
  (block.kind === 'list' ? block.items.flat() : block.inlines).map((inline) => inline.text).join('')

test('any text is a lesson, and no letter of it is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('#', '# a', '## b', '### c', '- d', 'e', '', '*', '[', ']'), {
        maxLength: 20,
      }),
      (lines) => {
        const { title, intro, steps } = parseLesson(lines.join('\n'))
        const all = [
          title,
          ...intro.map(words),
          ...steps.flatMap((step) => [
            step.title,
            ...step.blocks.map(words),
            ...step.questions.flatMap(({ question, answer }) => [question, ...answer.map(words)]),
          ]),
        ].join('')
        for (const letter of 'bcde') {
          const wanted = lines.filter((line) => line.includes(letter)).length
          expect(all.replace('Lesson', '').split(letter).length - 1).toBe(wanted)
        }
      },
    ),
  )
})
