/** Owns: what the link asked for and did not get, said politely, and the way back from a page with hidden controls. */
import { Button } from 'react-aria-components'
import { useLink, useServices, useSettings } from '../../services-context'
import { formatCount } from '../../words/format'

export function LinkNotes() {
  const { link, settings } = useServices()
  const notes = useLink((state) => state.notes)
  const hidden = useSettings((state) => state.hidden)
  return (
    <section className="link-notes" aria-label="This page’s link" data-heir="title">
      <output aria-label="About the link" className="notice">
        {notes.map((note) => (
          <span key={note} className="link-note">
            {note}
          </span>
        ))}
      </output>
      {notes.length > 0 && (
        <Button className="button button-quiet" onPress={() => link.dismiss()}>
          Dismiss
        </Button>
      )}
      {hidden.length > 0 && (
        <p className="hint">
          {formatCount(hidden.length, 'part')} of the page {hidden.length === 1 ? 'is' : 'are'} hidden for a
          lesson.{' '}
          <Button className="button button-quiet" onPress={() => settings.setState({ hidden: [] })}>
            Show everything
          </Button>
        </p>
      )}
    </section>
  )
}
