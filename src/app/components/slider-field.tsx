/** Owns: a slider with its name, its value and its track. */
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components'
import './slider-field.css'

interface SliderFieldProps {
  readonly label: string
  readonly value: number
  readonly range: readonly [lowest: number, highest: number]
  readonly step: number
  readonly format: Intl.NumberFormatOptions
  /** What this value does, beside it. */
  readonly hint?: string
  readonly onChange: (value: number) => void
}

export function SliderField({ label, value, range, step, format, hint, onChange }: SliderFieldProps) {
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
        {hint !== undefined && <span className="hint">{hint}</span>}
        <SliderOutput />
      </div>
      <SliderLine />
    </Slider>
  )
}

/** The track of a slider with one thumb, filled up to it. */
export function SliderLine() {
  return (
    <SliderTrack className="slider-track">
      {({ state }) => (
        <>
          <span className="slider-fill" style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
          <SliderThumb className="slider-thumb" />
        </>
      )}
    </SliderTrack>
  )
}
