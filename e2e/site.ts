/**
 * Owns: the built page on a server of the tests' own, whose headers and answers a test may change, and which remembers
 * what it was asked. Every site has its own origin, so its storage starts empty.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pageHeaders } from '../scripts/headers.mjs'

/** The folder that `npm run build` writes, unless E2E_DIST names another. */
export const DIST = process.env.E2E_DIST ?? fileURLToPath(new URL('../dist', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
}

/** What to send in a file's place: a status without a body, other bytes, or (`cut`) the file's head and a broken line. */
export type Answer = { status: number } | { bytes: Buffer } | { cut: number } | { after: Promise<void> }

export interface Site {
  readonly url: string
  /** Paths in the order in which they were asked for, without queries. */
  readonly asked: string[]
  /** Bodies that the browser sent to `/csp-report`. */
  readonly reports: string[]
  /** `attempt` counts from 1. Undefined: the file as it is. */
  answer: (path: string, file: Buffer, attempt: number) => Answer | undefined
  /** Which file of the built page a path means; itself, unless a test says otherwise. */
  place: (path: string) => string
  close(): Promise<void>
}

export async function openSite(headers: Readonly<Record<string, string>> = pageHeaders): Promise<Site> {
  const asked: string[] = []
  const reports: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    if (pathname === '/csp-report') {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => reports.push(Buffer.concat(parts).toString()))
      response.end()
      return
    }
    asked.push(pathname)
    const attempt = asked.filter((path) => path === pathname).length
    void send(pathname, attempt, response)
  })

  async function send(pathname: string, attempt: number, response: ServerResponse): Promise<void> {
    const path = pathname === '/' ? '/index.html' : normalize(decodeURIComponent(site.place(pathname)))
    const file = await readFile(join(DIST, path)).catch(() => undefined)
    const answer = file && site.answer(pathname, file, attempt)
    if (answer && 'after' in answer) await answer.after
    if (!file || (answer && 'status' in answer)) {
      response.writeHead(answer && 'status' in answer ? answer.status : 404, headers).end()
      return
    }
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    const bytes = answer && 'bytes' in answer ? answer.bytes : file
    response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': bytes.length })
    if (answer && 'cut' in answer) response.write(bytes.subarray(0, answer.cut), () => response.destroy())
    else response.end(bytes)
  }

  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const site: Site = {
    url: `http://localhost:${port}/`,
    asked,
    reports,
    answer: () => undefined,
    place: (path) => path,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return site
}
