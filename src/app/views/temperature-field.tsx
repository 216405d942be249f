/** Owns: the temperature, with what it means in words. */
import { SliderField } from '../components/slider-field'
import { useServices, useSpeak } from '../services-context'
import { TEMPERATURE_MAX, temperatureToHint } from '../words/temperature'

const TWO_DIGITS = { minimumFractionDigits: 2 }

export function TemperatureField() {
  const { speak } = useServices()
  const temperature = useSpeak((state) => state.temperature)
  return (
    <div className="field temperature">
      <SliderField
        label="Temperature"
        value={temperature}
        range={[0, TEMPERATURE_MAX]}
        step={0.05}
        format={TWO_DIGITS}
        onChange={(value) => speak.setState({ temperature: value })}
      />
      <p className="hint">{temperatureToHint(temperature)}</p>
    </div>
  )
}
