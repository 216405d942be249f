/**
 * Owns: how the page is built and which headers it is served with. `npm run dev` needs inline scripts (React refresh),
 * so the Content-Security-Policy applies to the built page only.
 */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { isolationHeaders, pageHeaders } from './scripts/headers.mjs'
import { licences } from './scripts/licences.mjs'
import { offlineList } from './scripts/offline-list.mjs'
import { plainModels } from './scripts/plain-models.mjs'

export default defineConfig({
  // A missing file is answered with 404, not with the page: a model file must never be HTML.
  appType: 'mpa',
  plugins: [react(), licences(), offlineList(), plainModels()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    license: { fileName: 'licences-packages.md' },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { index: 'index.html', offline: 'src/workers/offline.worker.ts' },
      // A service worker's reach is the folder of its file, so this one lies at the root.
      output: {
        entryFileNames: ({ name }) => (name === 'offline' ? 'offline.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers: isolationHeaders },
  preview: { headers: pageHeaders, port: 4173 },
  test: {
    include: ['src/**/*.test.{ts,tsx}', '{bench,scripts}/**/*.test.ts'],
    // Guards against hanging, not against slowness: a busy machine loads the models in half a minute.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    environment: 'node',
    maxWorkers: 2,
  },
})
