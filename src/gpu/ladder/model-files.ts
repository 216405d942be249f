/**
 * Owns: how model files are asked for and proven. Where the bytes come from (network and cache, or a disk) is the
 * caller's port; a file reaches a session only after its length and SHA-256 equal the manifest's.
 */
import { ConvergeError } from '../../speech/errors'
import type { ManifestFile } from '../../speech/manifest'

export interface ModelFiles {
  /** `manifest.json`, parsed but not yet checked. @throws ConvergeError `model-missing` */
  readManifest(): Promise<unknown>
  /** Verified bytes of one listed file. @throws ConvergeError `model-missing` or `model-damaged` */
  readFile(name: string, file: ManifestFile): Promise<Uint8Array<ArrayBuffer>>
}

export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @returns undefined when the bytes are the listed ones, else the error to show or to heal. */
export async function findDamage(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  file: ManifestFile,
): Promise<ConvergeError | undefined> {
  if (bytes.length !== file.bytes)
    return damagedFile(name, { wantedBytes: file.bytes, foundBytes: bytes.length })
  const sha256 = await sha256Hex(bytes)
  if (sha256 !== file.sha256) return damagedFile(name, { wantedSha256: file.sha256, foundSha256: sha256 })
  return undefined
}

export function damagedFile(name: string, facts: Record<string, string | number>): ConvergeError {
  return new ConvergeError(
    'model-damaged',
    `The model file ${name} is not the one that was published, so it was not used. Reload to fetch it again; if it stays so, the server holds a wrong copy.`,
    { file: name, ...facts },
  )
}
