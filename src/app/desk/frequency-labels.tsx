/** Owns: the spectrogram's frequency scale, at its right edge. The rows are mel-spaced up to the top. */
import { HTK } from '../../speech/4-wave/mel-filters'

const LABELS_HZ = [500, 1000, 2000, 4000, 8000]

export function FrequencyLabels({ topHz }: { readonly topHz: number }) {
  return (
    <div className="desk-frequencies" aria-hidden="true">
      {LABELS_HZ.filter((hz) => hz < topHz * 0.9).map((hz) => (
        <span key={hz} style={{ bottom: `${(100 * HTK.hzToMel(hz)) / HTK.hzToMel(topHz)}%` }}>
          {hz >= 1000 ? `${hz / 1000} kHz` : `${hz} Hz`}
        </span>
      ))}
    </div>
  )
}
