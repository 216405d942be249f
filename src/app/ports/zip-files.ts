/** Owns: many files as one zip, stored as they are: sound hardly shrinks. The packer is loaded when it is first needed. */
export interface ZipEntry {
  readonly name: string
  readonly input: Uint8Array<ArrayBuffer> | string
}

export async function zipFiles(entries: readonly ZipEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const { downloadZip } = await import('client-zip')
  return new Uint8Array(await downloadZip(entries).arrayBuffer())
}
