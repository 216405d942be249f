/** Owns: the choice to have recordings and files heard several times over. */
import { Switch } from 'react-aria-components'
import { useListen, useServices } from '../services-context'

export function CloselySwitch() {
  const { listen } = useServices()
  const closely = useListen((state) => state.closely)
  const isBusy = useListen((state) => state.phase !== 'idle')
  return (
    <div className="tokenizer">
      <Switch
        className="switch"
        isSelected={closely}
        isDisabled={isBusy}
        onChange={(isOn) => listen.setState({ closely: isOn })}
      >
        <span className="switch-track" />
        Listen closely
      </Switch>
      <p className="hint">
        {closely
          ? 'A recording is heard five times, each time a little differently, and the likeliest wins: mostly fewer words are wrong, and it takes three to four times as long.'
          : 'A recording is heard once.'}
      </p>
    </div>
  )
}
