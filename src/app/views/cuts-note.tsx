/** Owns: that cuts are on for what is drawn next, and the way to turn them off. They are set on Chances, or by a link. */
import { Button } from 'react-aria-components'
import { useServices, useSpeak } from '../services-context'
import { NO_CUTS } from '../../speech/3-units/sampling'
import { cutsToSentence } from '../words/cuts'

export function CutsNote() {
  const { speak } = useServices()
  const sentence = cutsToSentence(useSpeak((state) => state.cuts))
  return (
    <div className="note-row">
      <output aria-label="Cuts" className="notice">
        {sentence}
      </output>
      {sentence !== '' && (
        <Button className="button button-plain" onPress={() => speak.setState({ cuts: NO_CUTS })}>
          Cut nothing
        </Button>
      )}
    </div>
  )
}
