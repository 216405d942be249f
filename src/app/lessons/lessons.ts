/** Owns: the lessons there are: every Markdown file of docs/lessons but its README, read when the page is built. */
import { parseLesson, type Lesson } from './parse-lesson'

const files = import.meta.glob<string>(['../../../docs/lessons/*.md', '!**/README.md'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

export interface NamedLesson extends Lesson {
  /** As links have it: the file's name without its number and ending. */
  readonly name: string
}

/** In the order of the files' names: `1-tokens.md` is the first, and called `tokens`. */
export const LESSONS: readonly NamedLesson[] = Object.entries(files)
  .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  .map(([path, markdown]) => ({
    name: path.replace(/^.*\/(\d+-)?/, '').replace(/\.md$/, ''),
    ...parseLesson(markdown),
  }))
