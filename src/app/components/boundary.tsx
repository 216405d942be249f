/**
 * Owns: what a part of the page shows when drawing it failed: the error, and a way to draw it again. The rest of the page and
 * everything in the stores stay.
 */
import { Component, type ReactNode } from 'react'
import { toPlainError, type PlainError } from '../../speech/errors'
import { Button } from './button'
import { ErrorNote } from './error-note'

interface BoundaryProps {
  readonly children: ReactNode
}

interface BoundaryState {
  readonly error: PlainError | null
}

export class Boundary extends Component<BoundaryProps, BoundaryState> {
  static getDerivedStateFromError(thrown: unknown): BoundaryState {
    return { error: toPlainError(thrown) }
  }

  override state: BoundaryState = { error: null }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <section className="card" aria-label="What went wrong">
        <ErrorNote error={error} />
        <div>
          <Button className="button button-plain" onPress={() => this.setState({ error: null })}>
            Show it again
          </Button>
        </div>
      </section>
    )
  }
}
