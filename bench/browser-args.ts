/** Owns: how every browser of the bench is started: in a container, and without traffic of its own. */
export const BROWSER_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
