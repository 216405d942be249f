/** Owns: handing a made file to the person, by a link that is clicked for them. */

/** @param content text is written as UTF-8 */
export function saveFile(content: Uint8Array<ArrayBuffer> | string, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
