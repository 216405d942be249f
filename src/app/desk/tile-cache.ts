/**
 * Owns: which spectrogram tiles of one sound are there, which are wanted, and their order on screen: coarse ones below,
 * those of the present scale on top. Asks for one tile at a time, the newest wish first. Knows no component.
 */
import type { TileRequest } from '../../workers/spectrogram-tile'

const COLUMNS = 256
const ROWS = 128
const KEPT_TILES = 80

export interface Tile {
  readonly key: string
  readonly image: ImageBitmap
  readonly startSeconds: number
  readonly endSeconds: number
  readonly secondsPerColumn: number
}

interface Wish {
  readonly key: string
  readonly request: TileRequest
}

export function createTileCache(
  fetchTile: (request: TileRequest) => Promise<Uint8ClampedArray<ArrayBuffer>>,
  onTiles: (tiles: readonly Tile[]) => void,
) {
  const tiles = new Map<string, Tile>()
  let wishes: readonly Wish[] = []
  let isBusy = false
  let isDisposed = false

  function publish(): void {
    const wanted = new Set(wishes.map(({ key }) => key))
    const ordered = [...tiles.values()].toSorted(
      (a, b) =>
        Number(wanted.has(a.key)) - Number(wanted.has(b.key)) || b.secondsPerColumn - a.secondsPerColumn,
    )
    onTiles(ordered)
  }

  function keep(tile: Tile): void {
    tiles.set(tile.key, tile)
    const wanted = new Set(wishes.map(({ key }) => key))
    for (const [key, old] of tiles) {
      if (tiles.size <= KEPT_TILES) break
      if (wanted.has(key)) continue
      tiles.delete(key)
      old.image.close()
    }
  }

  async function work(): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      for (;;) {
        const wish = wishes.find(({ key }) => !tiles.has(key))
        if (!wish || isDisposed) break
        const { startSeconds, secondsPerColumn, columns } = wish.request
        const pixels = await fetchTile(wish.request)
        const image = await createImageBitmap(new ImageData(pixels, columns))
        const endSeconds = startSeconds + columns * secondsPerColumn
        if (isDisposed) image.close()
        else {
          keep({ key: wish.key, image, startSeconds, endSeconds, secondsPerColumn })
          publish()
        }
      }
    } catch (thrown) {
      console.warn('The spectrogram could not be drawn.', thrown)
      wishes = []
    } finally {
      isBusy = false
    }
  }

  return {
    /** Scales are powers of √2, so that a slow zoom doesn't ask for every size. */
    want(startSeconds: number, endSeconds: number, secondsPerPx: number): void {
      const scale = Math.floor(Math.log2(secondsPerPx) * 2)
      const secondsPerColumn = 2 ** (scale / 2)
      const tileSeconds = COLUMNS * secondsPerColumn
      const first = Math.max(0, Math.floor(startSeconds / tileSeconds))
      const end = Math.max(first + 1, Math.ceil(endSeconds / tileSeconds))
      wishes = Array.from({ length: end - first }, (_, i) => ({
        key: `${scale}:${first + i}`,
        request: {
          startSeconds: (first + i) * tileSeconds,
          secondsPerColumn,
          columns: COLUMNS,
          rows: ROWS,
        },
      }))
      publish()
      void work()
    },
    dispose(): void {
      isDisposed = true
      for (const { image } of tiles.values()) image.close()
      tiles.clear()
    },
  }
}
