/** Owns: temperature and the three cuts, tried on the step in view at once; Apply draws new takes with them. */
import { Button, Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components'
import type { SamplingOptions } from '../../../speech/3-units/sampling'
import { Icon } from '../../components/icon'
import { useChances, useGrid, useServices } from '../../services-context'
import { NO_CUTS } from '../../stores/speak-settings'
import { formatCount } from '../../words/format'
import { formatChance } from '../../words/token-words'
import type { Seen } from './use-seen'

interface Control {
  readonly option: keyof SamplingOptions
  readonly name: string
  readonly range: readonly [min: number, max: number, step: number]
  readonly digits: number
  /** The value at which it does nothing. */
  readonly off?: number
}

const CONTROLS: readonly Control[] = [
  { option: 'temperature', name: 'Temperature', range: [0, 2, 0.05], digits: 2 },
  { option: 'minP', name: 'Min-p', range: [0, 0.5, 0.01], digits: 2, off: 0 },
  { option: 'topK', name: 'Top-k', range: [0, 200, 1], digits: 0, off: 0 },
  { option: 'topP', name: 'Top-p', range: [0.05, 1, 0.01], digits: 2, off: 1 },
]

export function SamplingSliders({ seen }: { readonly seen: Seen }) {
  const { chances, grid, settings } = useServices()
  const sampling = useChances((state) => state.sampling)
  const isDrawing = useGrid((state) => state.phase !== 'idle')
  const seeds = useGrid((state) => state.seedCount)
  const apply = () => {
    settings.setState({ view: 'speak' })
    void grid.apply(sampling)
  }
  return (
    <div className="sampling">
      <h3>Change the odds</h3>
      {CONTROLS.map(({ option, name, range: [min, max, step], digits, off }) => (
        <Slider
          key={option}
          className="sampling-slider"
          value={sampling[option]}
          minValue={min}
          maxValue={max}
          step={step}
          formatOptions={{ minimumFractionDigits: digits }}
          onChange={(value) => chances.setSampling({ [option]: value })}
        >
          <div className="field-head">
            <Label>{name}</Label>
            <span className="hint">{cutToText(seen, option, sampling[option] === off)}</span>
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
      ))}
      <div className="sampling-run">
        <Button className="button button-main" isDisabled={isDrawing} onPress={apply}>
          <Icon name="dice" />
          Apply: draw {formatCount(seeds, 'new take')}
        </Button>
        <Button
          className="button button-quiet"
          onPress={() => chances.setSampling({ temperature: 1, ...NO_CUTS })}
        >
          As the model thinks
        </Button>
      </div>
    </div>
  )
}

function cutToText({ chances }: Seen, option: keyof SamplingOptions, isOff: boolean): string {
  if (option === 'temperature') return ''
  const cut = chances.cuts.find(({ by }) => by === option)
  if (isOff || !cut) return 'cuts nothing'
  return `cuts ${cut.tokens} tokens, ${formatChance(cut.chance)}`
}
