/**
 * Owns: the line about the models: loading with its bytes and a way to stop, the engine and which is wanted, what happened
 * to it, or what failed.
 */
import './engine-bar.css'
import { Button } from 'react-aria-components'
import type { EngineReport } from '../../workers/protocol'
import { useEngine, useServices, useSettings } from '../services-context'
import type { EngineState, LoadProgress } from '../stores/engine-store'
import { formatCount, formatMegabytes } from '../words/format'
import { EngineReason } from './engine-reason'
import { EngineSelect } from './engine-select'
import { ProgressField } from './progress-field'

const ENGINE_NAMES: Readonly<Record<EngineReport['engine'], string>> = {
  ort: 'ONNX Runtime on WebAssembly',
  wasm: 'own kernels on WebAssembly',
  wgsl: 'own kernels on WebGPU',
}

function progressToText({ done, total }: LoadProgress): string {
  if (total === 0) return `${formatMegabytes(done)} MB`
  return `${formatMegabytes(done)} of ${formatMegabytes(total)} MB`
}

const reportToText = ({ engine, threads }: EngineReport): string =>
  engine === 'wgsl' ? ENGINE_NAMES.wgsl : `${ENGINE_NAMES[engine]}, ${formatCount(threads, 'thread')}`

/** Said once a phase, so that nobody has to hear every megabyte. */
const PHASE_TEXTS: Readonly<Record<EngineState['phase'], (state: EngineState) => string>> = {
  idle: () => 'Models not loaded yet.',
  loading: () => 'Loading the models',
  stopped: () => 'Loading was stopped. Whole files that arrived are kept.',
  failed: ({ error }) => error?.message ?? 'The models could not be loaded.',
  ready: ({ report }) => (report ? `Language model: ${reportToText(report)}` : 'Models ready.'),
}

export function EngineBar() {
  const { engine } = useServices()
  const state = useEngine((all) => all)
  const chosen = useSettings((settings) => settings.engine)
  const { phase, progress, report, notice } = state
  const isLoading = phase === 'loading'
  return (
    <section aria-label="Models" className={`engine engine-${phase}`}>
      <output aria-label="Engine" className="engine-status">
        {PHASE_TEXTS[phase](state)}
      </output>
      {isLoading && (
        <ProgressField
          label="Models loaded"
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
          text={progress ? progressToText(progress) : 'starting'}
        />
      )}
      {phase !== 'ready' && (
        <Button
          className="button button-quiet"
          onPress={() => (isLoading ? engine.cancel() : void engine.ensure('any').catch(() => undefined))}
        >
          {isLoading ? 'Cancel loading' : 'Load the models'}
        </Button>
      )}
      {phase === 'ready' && report && (
        <>
          <EngineReason report={report} />
          {chosen !== 'auto' && chosen !== report.engine && <p className="engine-aside">{report.reason}</p>}
          {!report.kept && (
            <p className="engine-aside">
              The browser would not keep the models, so the next visit loads them again.
            </p>
          )}
        </>
      )}
      {phase !== 'idle' && phase !== 'stopped' && <EngineSelect />}
      <output aria-label="What happened to the engine" className="engine-notice">
        {notice}
      </output>
    </section>
  )
}
