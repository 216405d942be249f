/** Owns: the place for what was really said (typed, pasted, dropped), and the error rates it gives. */
import './reference.css'
import { DropZone, Label, TextArea, TextField } from 'react-aria-components'
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { useListen, useReference, useServices } from '../../services-context'
import { RateView } from './rate-view'

export function ReferencePanel() {
  const { reference } = useServices()
  const { text, phase, measured, error } = useReference((state) => state)
  const hasResult = useListen((state) => state.result !== null)
  const read = (file: File) =>
    void file.text().then((dropped) => {
      reference.setText(dropped)
      return reference.measure()
    })
  return (
    <section className="reference" aria-label="Compare with what was said">
      <h3>Compare with what was said</h3>
      <DropZone
        className="reference-drop"
        aria-label="Drop a transcript"
        onDrop={({ items }) => {
          for (const item of items) {
            if (item.kind === 'file') void item.getFile().then(read)
            else if (item.kind === 'text' && item.types.has('text/plain')) {
              void item.getText('text/plain').then((dropped) => reference.setText(dropped))
            }
          }
        }}
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
      <ErrorNote error={error} />
      {measured && (
        <>
          <output className="visually-hidden">Compared.</output>
          <RateView title="Word error rate" noun="word" rate={measured.words} />
          <RateView title="Phone error rate" noun="phone" rate={measured.phones} />
        </>
      )}
    </section>
  )
}
