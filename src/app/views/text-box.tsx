/** Owns: the sentence to say, with examples one click away. */
import { Button, Label, TextArea, TextField } from 'react-aria-components'
import { Hideable } from '../components/hideable'
import { useServices, useSpeak } from '../services-context'

const EXAMPLES: readonly (readonly [name: string, text: string])[] = [
  ['The fox', 'The quick brown fox jumps over the lazy dog.'],
  ['A question', 'Why does the same sentence never sound the same twice?'],
  ['Numbers', 'On May 4th, 1984, Dr. Smith paid $12.50 for 3 kg of apples.'],
  ['Homographs', 'I read the book you read, and the wind will wind it up.'],
  ['A rare word', 'The sesquipedalian gerlich babbled about volkogonov.'],
]

export function TextBox() {
  const { speak } = useServices()
  const text = useSpeak((state) => state.text)
  return (
    <div className="text-box">
      <TextField value={text} onChange={speak.setText}>
        <Label>Text to speak</Label>
        <TextArea className="input" rows={3} dir="auto" spellCheck={false} placeholder="Type a sentence…" />
      </TextField>
      <Hideable name="examples">
        <fieldset className="chips" aria-label="Example sentences">
          {EXAMPLES.map(([name, sentence]) => (
            <Button
              key={name}
              className="chip"
              onPress={() => {
                speak.setText(sentence)
                speak.setState({ error: null })
              }}
            >
              {name}
            </Button>
          ))}
        </fieldset>
      </Hideable>
    </div>
  )
}
