/** Owns: the phones editor, folded away: the words with their phones, the word that is edited, the whole line. */
import './phones.css'
import { ErrorNote } from '../../components/error-note'
import { Fold } from '../../components/fold'
import { usePhones, useServices, useSpeak } from '../../services-context'
import { MAX_EDITED_CHARACTERS } from '../../stores/phones-store'
import { formatCount } from '../../words/format'
import { KeptWords } from './kept-words'
import { PhonesLine } from './phones-line'
import { WordEditor } from './word-editor'
import { WordsRow } from './words-row'

function summaryOf(isEdited: boolean, kept: number): string {
  const parts = [
    isEdited ? 'edited for this text' : 'as the text is read',
    ...(kept > 0 ? [formatCount(kept, 'pronunciation') + ' kept'] : []),
  ]
  return parts.join(', ')
}

export function PhonesPanel() {
  const { phones } = useServices()
  const isOpen = usePhones((state) => state.isOpen)
  const isEdited = useSpeak((state) => state.phones !== undefined)
  const kept = useSpeak((state) => state.pronunciations.size)
  return (
    <Fold
      title="Phones"
      summary={summaryOf(isEdited, kept)}
      isOpen={isOpen}
      onToggle={(opened) => phones.open(opened)}
    >
      {isOpen && <PhonesEditor />}
    </Fold>
  )
}

function PhonesEditor() {
  const plan = usePhones((state) => state.plan)
  const isPlanning = usePhones((state) => state.isPlanning)
  const error = usePhones((state) => state.error)
  const isLong = useSpeak((state) => state.text.length > MAX_EDITED_CHARACTERS)
  return (
    <div className="phones">
      <output aria-label="Phones of the text" className="hint">
        {isPlanning && 'Turning letters into phones'}
        {isLong && `Only texts of up to ${MAX_EDITED_CHARACTERS} characters are edited.`}
        {!isPlanning && !isLong && !plan && !error && 'Type a sentence to see its phones.'}
      </output>
      <ErrorNote error={error} />
      {plan && <WordsRow plan={plan} />}
      {plan && <WordEditor plan={plan} />}
      {plan && <PhonesLine plan={plan} />}
      <KeptWords />
    </div>
  )
}
