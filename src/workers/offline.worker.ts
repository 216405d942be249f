/**
 * Owns: the page without its server: a service worker that keeps the built page's own files and answers with them when
 * the network does not. Model files are not its business; the speech worker keeps those. Built as `/offline.js`.
 */
const PREFIX = 'converge-page-'
/** Written by the build: {version, files}, the files as paths from the root. */
const LIST = '/offline.json'

/** What this file needs of the service worker's own types, which the page's library does not have. */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface RequestEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface ServiceWorkerScope {
  addEventListener(type: 'install' | 'activate', handle: (event: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', handle: (event: RequestEvent) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  readonly location: Location
}
const scope = self as unknown as ServiceWorkerScope

async function install(): Promise<void> {
  const { version, files } = await (await fetch(LIST, { cache: 'no-store' })).json()
  const cache = await caches.open(PREFIX + version)
  await cache.addAll(files)
  const names = await caches.keys()
  const stale = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + version)
  await Promise.all(stale.map((name) => caches.delete(name)))
  await scope.skipWaiting()
}

/** The network's answer for the page itself, so that a new version shows; the kept copy for hashed files. */
async function answer(request: Request): Promise<Response> {
  // Every file is the same for whoever asks: a server's `Vary: Origin` must not hide the kept copy from a module script.
  const kept = await caches.match(request, { ignoreVary: true, ignoreSearch: request.mode === 'navigate' })
  const isHashed = new URL(request.url).pathname.startsWith('/assets/')
  if (kept && isHashed) return kept
  try {
    return await fetch(request)
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
scope.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  const isOurs =
    event.request.method === 'GET' && origin === scope.location.origin && !pathname.startsWith('/models/')
  if (isOurs) event.respondWith(answer(event.request))
})
