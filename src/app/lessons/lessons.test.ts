import { expect, test } from 'vitest'
import { linkToState } from '../../speech/links/link'
import { fitPage } from '../stores/link-state'
import { LESSONS } from './lessons'
import type { Block } from './parse-lesson'

const links = (blocks: readonly Block[]) =>
  blocks
    .flatMap((block) => (block.kind === 'list' ? block.items.flat() : block.inlines))
    .flatMap((inline) => (inline.kind === 'link' ? [inline.link] : []))

test('each lesson has a name of its own, steps, links and a question with its answer', () => {
  expect(LESSONS.length).toBeGreaterThanOrEqual(5)
  expect(new Set(LESSONS.map(({ name }) => name)).size).toBe(LESSONS.length)
  for (const { name, title, intro, steps } of LESSONS) {
    expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(title).not.toBe('Lesson')
    expect(intro.length, name).toBeGreaterThan(0)
    expect(steps.length, name).toBeGreaterThan(1)
    expect(steps.flatMap(({ blocks }) => links(blocks)).length, name).toBeGreaterThan(1)
    const questions = steps.flatMap((step) => step.questions)
    expect(questions.length, name).toBeGreaterThan(0)
    for (const { answer } of questions) expect(answer.length, name).toBeGreaterThan(0)
  }
})

test('every link of a lesson is believed in all its parts', () => {
  const names = LESSONS.map(({ name }) => name)
  const all = LESSONS.flatMap(({ intro, steps }) => [
    ...links(intro),
    ...steps.flatMap(({ blocks, questions }) => [
      ...links(blocks),
      ...questions.flatMap(({ answer }) => links(answer)),
    ]),
  ])
  for (const link of all) {
    const read = linkToState(link)
    expect(read.notes, link).toEqual([])
    expect(fitPage(read.state, undefined, names).notes, link).toEqual([])
  }
})
