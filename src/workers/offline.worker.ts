/**
 * Owns: the page without its server: a service worker that keeps the built page's own files and answers with them when
 * the network does not. Model files are not its business: the speech worker keeps those, and their manifest, which is
 * answered from there because the page reads it too. Built as `/offline.js`.
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
  const list: { version: string; files: string[] } = await (await fetch(LIST, { cache: 'no-store' })).json()
  const { version, files } = list
  const cache = await caches.open(PREFIX + version)
  // What the browser's own cache still holds may be of the version before.
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))
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
  const isModel = pathname.startsWith('/models/') && !pathname.endsWith('/manifest.json')
  const isOurs = event.request.method === 'GET' && origin === scope.location.origin && !isModel
  if (isOurs) event.respondWith(answer(event.request))
})
