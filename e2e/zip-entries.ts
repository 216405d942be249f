/** Owns: reading a zip whose files are stored as they are, as the page writes it: enough to check what a person gets. */
const CENTRAL = 0x02014b50
const END = 0x06054b50

/** Name -> bytes. @throws where it is no such zip */
export function zipEntries(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - 22
  if (zip.readUInt32LE(end) !== END) throw new Error('no end of a zip')
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  const entries = new Map<string, Buffer>()
  for (let i = 0; i < count; i++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error('no entry of a zip')
    if (zip.readUInt16LE(at + 10) !== 0) throw new Error('compressed')
    const size = zip.readUInt32LE(at + 24)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place))
    const local = zip.readUInt32LE(at + 42)
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    entries.set(zip.toString('utf8', at + 46, at + 46 + nameLength), zip.subarray(data, data + size))
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}
