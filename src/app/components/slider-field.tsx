/** Owns: a slider with its name, its value and its track. */
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components'

interface SliderFieldProps {
  readonly label: string
  readonly value: number
  readonly range: readonly [lowest: number, highest: number]
  readonly step: number
  readonly format: Intl.NumberFormatOptions
  readonly onChange: (value: number) => void
}

export function SliderField({ label, value, range, step, format, onChange }: SliderFieldProps) {
  const [lowest, highest] = range
  return (
    <Slider
      className="field slider-field"
      value={value}
      minValue={lowest}
      maxValue={highest}
      step={step}
      formatOptions={format}
      onChange={onChange}
    >
      <div className="field-head">
        <Label>{label}</Label>
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
  )
}
