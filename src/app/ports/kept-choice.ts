/** Owns: one choice of the person, kept by the browser for the next visit. Works without storage. */
export interface KeptChoice<Choice extends string> {
  /** As it was kept; the keys are anybody's to write. */
  read(this: void): string | null
  keep(this: void, choice: Choice): void
}

export const keptChoice = <Choice extends string>(key: string): KeptChoice<Choice> => ({
  read() {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  },
  keep(choice) {
    try {
      localStorage.setItem(key, choice)
    } catch {
      // Storage is refused: the choice lasts as long as the page.
    }
  },
})
