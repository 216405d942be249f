/** Owns: all takes in one zip: for each its sound, its TextGrid and everything that decided it. */
import { findTake, type TakeId } from '../../../speech/takes/tree'
import { toFileName } from '../../../speech/exports/file-name'
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { useAttempt } from '../../components/use-attempt'
import { saveFile } from '../../ports/save-file'
import { zipFiles, type ZipEntry } from '../../ports/zip-files'
import { useServices } from '../../services-context'
import { takeToFiles } from '../../words/take-files'

export function DownloadTakes({ ids }: { readonly ids: readonly TakeId[] }) {
  const { takes, shelf } = useServices()
  const { attempt, isBusy, error } = useAttempt()

  async function pack(): Promise<void> {
    const { takes: all, tree } = takes.getState()
    const entries: ZipEntry[] = []
    for (const [i, id] of ids.entries()) {
      const take = all.get(id)
      if (!take) continue
      const { wavName, texts } = takeToFiles(take, findTake(tree, id)?.name ?? '', i + 1)
      entries.push({ name: wavName, input: await shelf.wav(take.soundId) })
      entries.push(...texts.map(({ name, text }) => ({ name, input: text })))
    }
    const text = all.get(ids[0])?.text ?? ''
    saveFile(await zipFiles(entries), 'application/zip', toFileName(text, [`${ids.length}takes`], 'zip'))
  }

  return (
    <>
      <Button
        className="button button-plain"
        isDisabled={isBusy || ids.length === 0}
        onPress={() => attempt(pack, 'The takes could not be packed. Draw fewer of them and try again.')}
      >
        <Icon name="download" />
        Download all takes
      </Button>
      <output aria-label="Packing" className="hint">
        {isBusy && 'Packing'}
      </output>
      <ErrorNote error={error} />
    </>
  )
}
