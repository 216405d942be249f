/**
 * Owns: `vite preview` sends model files as they are. Of itself it compresses what has no type that it knows: more than a
 * second of gzip for each first visit, and a tenth fewer bytes.
 */

/** @returns {import('vite').Plugin} */
export const plainModels = () => ({
  name: 'plain-models',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, _, next) => {
      if (request.url?.startsWith('/models/')) delete request.headers['accept-encoding']
      next()
    })
  },
})
