/** Owns: temperature and the three cuts, tried on the step in view at once; Apply draws new takes with them. */
import { AS_THE_MODEL_THINKS, type SamplingOptions } from '../../../speech/3-units/sampling'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { SliderField } from '../../components/slider-field'
import { useGrid, useServices } from '../../services-context'
import { formatCount } from '../../words/format'
import { TEMPERATURE_MAX } from '../../words/temperature'
import { formatChance } from '../../words/token-words'
import { useSampling, type Seen } from './use-seen'

interface Control {
  readonly option: keyof SamplingOptions
  readonly name: string
  readonly range: readonly [lowest: number, highest: number]
  readonly step: number
  readonly format: Intl.NumberFormatOptions
  /** The value at which it does nothing. */
  readonly off?: number
}

const TWO_DIGITS = { minimumFractionDigits: 2 }
const WHOLE = { maximumFractionDigits: 0 }

const CONTROLS: readonly Control[] = [
  { option: 'temperature', name: 'Temperature', range: [0, TEMPERATURE_MAX], step: 0.05, format: TWO_DIGITS },
  { option: 'minP', name: 'Min-p', range: [0, 0.5], step: 0.01, format: TWO_DIGITS, off: 0 },
  { option: 'topK', name: 'Top-k', range: [0, 200], step: 1, format: WHOLE, off: 0 },
  { option: 'topP', name: 'Top-p', range: [0.05, 1], step: 0.01, format: TWO_DIGITS, off: 1 },
]

export function SamplingSliders({ seen }: { readonly seen: Seen }) {
  const { chances, grid, settings } = useServices()
  const sampling = useSampling()
  const isDrawing = useGrid((state) => state.phase !== 'idle')
  const seeds = useGrid((state) => state.seedCount)
  const apply = () => {
    settings.setState({ view: 'speak' })
    void grid.apply(sampling)
  }
  return (
    <div className="sampling">
      <h3>Change the odds</h3>
      {CONTROLS.map(({ option, name, range, step, format, off }) => (
        <SliderField
          key={option}
          label={name}
          value={sampling[option]}
          range={range}
          step={step}
          format={format}
          hint={cutToText(seen, option, sampling[option] === off)}
          onChange={(value) => chances.setSampling({ [option]: value })}
        />
      ))}
      <div className="sampling-run">
        <Button className="button button-main" isDisabled={isDrawing} onPress={apply}>
          <Icon name="dice" />
          Apply: draw {formatCount(seeds, 'new take')}
        </Button>
        <Button className="button button-quiet" onPress={() => chances.setSampling(AS_THE_MODEL_THINKS)}>
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
  return `cuts ${formatCount(cut.tokens, 'token')}, ${formatChance(cut.chance)}`
}
