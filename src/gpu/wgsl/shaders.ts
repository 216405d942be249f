/**
 * Owns: the shader sources as the bundler (and Vitest) sees them. In plain Node `shaders-disk.ts` reads the same files.
 */
import type { ShaderSources } from './kernel'

const files = import.meta.glob<string>('./*/*.wgsl', { query: '?raw', import: 'default', eager: true })

export const bundledShaders: ShaderSources = new Map(
  Object.entries(files).map(([path, source]) => [path.replace(/^\.\/|\.wgsl$/g, ''), source]),
)
