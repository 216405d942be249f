/**
 * Owns: which models the page uses: the published ones, or those of `?models=/path/`, a folder of the same site with a
 * manifest of its own.
 */
import { ConvergeError } from '../../speech/errors'

export interface ModelsAddress {
  readonly isPublished: boolean
  /** Absolute, ending in a slash. @throws ConvergeError `option-invalid` where another site is asked for */
  readonly url: string
}

/** `search` is the address's part with the question mark; `site` where the page lies. */
export function readModelsAddress(search: string, site: URL): ModelsAddress {
  const wanted = new URLSearchParams(search).get('models')
  if (!wanted) return { isPublished: true, url: new URL('models/', site).href }
  const url = URL.canParse(wanted, site) ? new URL(wanted.replace(/\/*$/, '/'), site) : undefined
  return {
    isPublished: false,
    get url() {
      if (url?.origin === site.origin) return url.href
      throw new ConvergeError(
        'option-invalid',
        `Models can only come from this site: wanted ?models=/path/ on ${site.origin}, found “${wanted}”.`,
        { wanted: site.origin, found: wanted },
      )
    },
  }
}
