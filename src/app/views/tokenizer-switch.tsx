/** Owns: the choice of the tokenizer, with what it is. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useListen, useServices } from '../services-context'
import type { TokenizerName } from '../../workers/protocol'

const TOKENIZERS: readonly (readonly [TokenizerName, string, string])[] = [
  [
    'whisper',
    'Whisper encoder',
    'has heard 680,000 hours of real speech: the integers stay right on voices new to it',
  ],
  [
    'mel',
    'Own mel encoder',
    'has heard one synthetic teacher only: hear what a tokenizer’s experience is worth',
  ],
]

export function TokenizerSwitch() {
  const { listen } = useServices()
  const tokenizer = useListen((state) => state.tokenizer)
  const isBusy = useListen((state) => state.phase !== 'idle')
  const about = TOKENIZERS.find(([name]) => name === tokenizer)?.[2] ?? ''
  return (
    <div className="tokenizer">
      <RadioGroup
        className="segments"
        orientation="horizontal"
        value={tokenizer}
        isDisabled={isBusy}
        onChange={(value) => listen.setState({ tokenizer: value === 'mel' ? 'mel' : 'whisper' })}
      >
        <Label>Tokenizer</Label>
        {TOKENIZERS.map(([name, label]) => (
          <Radio key={name} value={name} className="segment">
            {label}
          </Radio>
        ))}
      </RadioGroup>
      <p className="hint">It {about}.</p>
    </div>
  )
}
