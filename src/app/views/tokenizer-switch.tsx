/** Owns: the choice of the tokenizer, with what it is. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useListen, useServices } from '../services-context'
import { TOKENIZERS } from './tokenizers'

export function TokenizerSwitch() {
  const { listen } = useServices()
  const tokenizer = useListen((state) => state.tokenizer)
  const isBusy = useListen((state) => state.phase !== 'idle')
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
        {Object.entries(TOKENIZERS).map(([name, { title }]) => (
          <Radio key={name} value={name} className="segment">
            {title}
          </Radio>
        ))}
      </RadioGroup>
      <p className="hint">{TOKENIZERS[tokenizer].about}</p>
    </div>
  )
}
