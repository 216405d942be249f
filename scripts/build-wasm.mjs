/**
 * Owns: `npm run build:wasm`: the language model's AssemblyScript to `src/gpu/wasm/lm.wasm`. The same sources give the
 * same bytes; a test compares them with the committed file.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const WASM_FILE = fileURLToPath(new URL('../src/gpu/wasm/lm.wasm', import.meta.url))

/** @returns {Promise<Uint8Array>} */
export async function buildWasm() {
  /** @type {Uint8Array | undefined} */
  let built
  const messages = asc.createMemoryStream()
  const options = '--outFile lm.wasm --runtime stub --noAssert -O3 --converge --enable simd'.split(' ')
  const { error } = await asc.main(['src/gpu/wasm/assembly/index.ts', '--baseDir', ROOT, ...options], {
    stderr: messages,
    writeFile(name, contents) {
      if (name === 'lm.wasm' && typeof contents !== 'string') built = contents
    },
  })
  if (error || !built) throw new Error(messages.toString() || String(error))
  return built
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(WASM_FILE, await buildWasm())
