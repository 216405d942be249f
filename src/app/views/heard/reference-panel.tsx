/** Owns: the place for what was really said (typed, pasted, dropped), and the error rates it gives. */
import './reference.css'
import { DropZone, Label, TextArea, TextField, type DropItem } from 'react-aria-components'
import type { MeasureResult } from '../../../workers/protocol'
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { useAttempt } from '../../components/use-attempt'
import { useListen, useReference, useServices } from '../../services-context'
import { formatRate } from '../../words/format'
import { RateView } from './rate-view'

const toSentence = ({ words, phones }: MeasureResult): string =>
  `Compared: ${formatRate(words.rate)} of the words wrong, ${formatRate(phones.rate)} of the phones.`

export function ReferencePanel() {
  const { reference } = useServices()
  const { text, phase, measured, error } = useReference((state) => state)
  const hasResult = useListen((state) => state.result !== null)
  const { attempt, error: readError } = useAttempt()
  const read = async (items: readonly DropItem[]) => {
    for (const item of items) {
      if (item.kind === 'file') {
        reference.setText(await (await item.getFile()).text())
        await reference.measure()
      } else if (item.kind === 'text' && item.types.has('text/plain')) {
        reference.setText(await item.getText('text/plain'))
      }
    }
  }
  return (
    <section className="reference" aria-label="Compare with what was said">
      <h3>Compare with what was said</h3>
      <DropZone
        className="reference-drop"
        aria-label="Drop a transcript"
        onDrop={({ items }) => attempt(() => read(items), 'What was dropped could not be read.')}
      >
        <TextField className="field" value={text} onChange={reference.setText}>
          <Label>What was said</Label>
          <TextArea className="input" placeholder="Paste the transcript, or drop a text file here" />
        </TextField>
        <Button
          className="button button-plain"
          isDisabled={!hasResult || text.trim() === '' || phase === 'measuring'}
          onPress={() => void reference.measure()}
        >
          Compare
        </Button>
      </DropZone>
      <ErrorNote error={error ?? readError} />
      <output aria-label="Comparing" className="visually-hidden">
        {phase === 'measuring' ? 'Comparing' : measured && toSentence(measured)}
      </output>
      {measured && (
        <>
          <RateView title="Word error rate" noun="word" rate={measured.words} />
          <RateView title="Phone error rate" noun="phone" rate={measured.phones} />
        </>
      )}
    </section>
  )
}
