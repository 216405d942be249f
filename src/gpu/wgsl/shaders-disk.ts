/**
 * Owns: the shader sources for plain Node, which has no bundler: read from this folder.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ShaderSources } from './kernel'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

export function readShaders(): ShaderSources {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.wgsl'),
  )
  return new Map(
    files.map((file) => [
      file.replaceAll('\\', '/').replace(/\.wgsl$/, ''),
      readFileSync(FOLDER + file, 'utf8'),
    ]),
  )
}
