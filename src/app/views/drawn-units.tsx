/** Owns: the integers as they are drawn, the newest at the right: the model writing sound like text. */
import { unitToColor } from '../desk/unit-color'
import { useThemeColors } from '../desk/use-theme-colors'
import { useEngine, useSpeak } from '../services-context'

const SHOWN_UNITS = 28
const NO_LEVELS: readonly number[] = []

export function DrawnUnits() {
  const units = useSpeak((state) => state.drawnUnits)
  const fsqLevels = useEngine((state) => state.catalogue?.fsqLevels ?? NO_LEVELS)
  const { isDark } = useThemeColors()
  const first = Math.max(0, units.length - SHOWN_UNITS)
  return (
    <div className="drawn-units" aria-hidden="true">
      {units.slice(first).map((unit, offset) => (
        <span key={first + offset} style={{ background: unitToColor(unit, fsqLevels, isDark) }}>
          {unit}
        </span>
      ))}
    </div>
  )
}
