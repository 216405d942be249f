/** Owns: the temperature, with what it means in words. */
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components'
import { useServices, useSpeak } from '../services-context'
import { TEMPERATURE_MAX, temperatureToHint } from '../words/temperature'

export function TemperatureField() {
  const { speak } = useServices()
  const temperature = useSpeak((state) => state.temperature)
  return (
    <div className="field temperature">
      <Slider
        value={temperature}
        minValue={0}
        maxValue={TEMPERATURE_MAX}
        step={0.05}
        formatOptions={{ minimumFractionDigits: 2 }}
        onChange={(value) => speak.setState({ temperature: value })}
      >
        <div className="field-head">
          <Label>Temperature</Label>
          <SliderOutput />
        </div>
        <SliderTrack className="slider-track">
          {({ state }) => (
            <>
              <span className="slider-fill" style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
              <SliderThumb className="slider-thumb" />
            </>
          )}
        </SliderTrack>
      </Slider>
      <p className="hint">{temperatureToHint(temperature)}</p>
    </div>
  )
}
