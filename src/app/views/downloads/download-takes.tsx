/** Owns: all takes in one zip: for each its sound, its TextGrid and everything that decided it. */
import { useState } from 'react'
import { findTake, type TakeId } from '../../../speech/takes/tree'
import { toFileName } from '../../../speech/exports/file-name'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { saveFile } from '../../ports/save-file'
import { zipFiles, type ZipEntry } from '../../ports/zip-files'
import { useServices } from '../../services-context'
import { takeToFiles } from '../../words/take-files'

export function DownloadTakes({ ids }: { readonly ids: readonly TakeId[] }) {
  const { takes, shelf } = useServices()
  const [phase, setPhase] = useState<'idle' | 'packing' | 'failed'>('idle')

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

  const download = () => {
    setPhase('packing')
    pack().then(
      () => setPhase('idle'),
      (thrown: unknown) => {
        console.warn('The takes could not be packed.', thrown)
        setPhase('failed')
      },
    )
  }
  return (
    <>
      <Button
        className="button button-plain"
        isDisabled={phase === 'packing' || ids.length === 0}
        onPress={download}
      >
        <Icon name="download" />
        Download all takes
      </Button>
      <output aria-label="Packing" className="hint">
        {phase === 'packing' && 'Packing'}
        {phase === 'failed' && 'The takes could not be packed. Draw fewer of them and try again.'}
      </output>
    </>
  )
}
