/** Owns: an error as a sentence, announced at once, with its code for whoever reports it. */
import './error-note.css'
import type { PlainError } from '../../speech/errors'
import { Icon } from './icon'

export function ErrorNote({ error }: { readonly error: PlainError | null }) {
  return (
    <div role="alert">
      {error && (
        <div className="error-note" data-code={error.code}>
          <Icon name="alert" />
          <p>{error.message}</p>
        </div>
      )}
    </div>
  )
}
