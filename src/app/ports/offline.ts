/**
 * Owns: asking the browser to keep the page, and what it has loaded, for a visit without its server. Only the built page has
 * the service worker; where the browser refuses, the page works as before, online.
 */
export async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const address = new URL('offline.js', new URL(import.meta.env.BASE_URL, document.baseURI))
  await navigator.serviceWorker.register(address).catch((thrown: unknown) => {
    console.warn('The page could not be kept for offline use.', thrown)
  })
}

/** So that the models, once kept, stay. A browser may refuse; then they load again when it has thrown them away. */
export async function keepFromEviction(): Promise<void> {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist()
  } catch {
    // It has no such promise to give.
  }
}
