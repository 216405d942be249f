/**
 * Owns: one lifetime. Listeners, timers, frames and child scopes hang on it and go when it is disposed; what is added
 * after that goes at once. Knows nothing of what it disposes.
 */
type Dispose = () => void

export class Scope {
  private readonly disposers = new Set<Dispose>()
  private isDisposed = false

  get disposed(): boolean {
    return this.isDisposed
  }

  /** Gives back a function that disposes this one thing early. */
  add(dispose: Dispose): Dispose {
    if (this.isDisposed) {
      dispose()
      return () => {}
    }
    this.disposers.add(dispose)
    return () => {
      if (this.disposers.delete(dispose)) dispose()
    }
  }

  child(): Scope {
    const child = new Scope()
    const release = this.add(() => child.dispose())
    child.add(release)
    return child
  }

  listen(
    target: EventTarget,
    type: string,
    listener: (event: Event) => void,
    options?: AddEventListenerOptions,
  ): Dispose {
    target.addEventListener(type, listener, options)
    return this.add(() => target.removeEventListener(type, listener, options))
  }

  every(intervalMs: number, tick: () => void): Dispose {
    const timer = setInterval(tick, intervalMs)
    return this.add(() => clearInterval(timer))
  }

  /** Calls `draw` before every repaint until disposed. */
  frames(draw: () => void): Dispose {
    let frame = 0
    const step = () => {
      frame = requestAnimationFrame(step)
      draw()
    }
    frame = requestAnimationFrame(step)
    return this.add(() => cancelAnimationFrame(frame))
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    const disposers = [...this.disposers].toReversed()
    this.disposers.clear()
    for (const dispose of disposers) dispose()
  }
}
