/** Owns: the files of the peers, as the bench's server has them. */

export async function readPeerBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await readPeer(path)).arrayBuffer())
}

export async function readPeerJson(path: string): Promise<unknown> {
  return (await readPeer(path)).json()
}

async function readPeer(path: string): Promise<Response> {
  const response = await fetch(`/peers/${path}`)
  if (response.ok) return response
  throw new Error(`The peers' file ${path} is missing. Run: python -m bench.peers.setup`)
}
