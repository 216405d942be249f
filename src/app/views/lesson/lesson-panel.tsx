/** Owns: the lesson at the side of the page: its steps, each with text, links and questions whose answers unfold. */
import './lesson.css'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { Icon } from '../../components/icon'
import { LESSONS } from '../../lessons/lessons'
import { useServices, useSettings } from '../../services-context'
import { LessonText } from './lesson-text'

export function LessonPanel() {
  const { settings } = useServices()
  const open = useSettings((state) => state.lesson)
  const at = LESSONS.findIndex(({ name }) => name === open)
  const lesson = LESSONS[at]
  if (!lesson) return null
  const { name, title, intro, steps } = lesson
  const next = LESSONS[at + 1]
  return (
    <aside
      key={name}
      id="lesson"
      data-heir="lesson lessons"
      className="scroll lesson"
      aria-label={`Lesson: ${title}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
      tabIndex={0}
    >
      <header className="lesson-head">
        <p className="hint">
          Lesson {at + 1} of {LESSONS.length}
        </p>
        <Button className="button button-quiet" onPress={() => settings.setState({ lesson: null })}>
          Close lesson
        </Button>
      </header>
      <h2>{title}</h2>
      <LessonText blocks={intro} name={name} />
      <ol className="lesson-steps">
        {steps.map((step) => (
          <li key={step.title} className="lesson-step">
            <h3>{step.title}</h3>
            <LessonText blocks={step.blocks} name={name} />
            {step.questions.map(({ question, answer }) => (
              <Disclosure key={question} className="lesson-question">
                <Heading level={4}>
                  <Button slot="trigger" className="lesson-ask">
                    <Icon name="chevron" />
                    {question}
                  </Button>
                </Heading>
                <DisclosurePanel className="lesson-answer">
                  <LessonText blocks={answer} name={name} />
                </DisclosurePanel>
              </Disclosure>
            ))}
          </li>
        ))}
      </ol>
      {next && (
        <Button className="button button-plain" onPress={() => settings.setState({ lesson: next.name })}>
          Next: {next.title}
        </Button>
      )}
    </aside>
  )
}
