/** Owns: the Listen view: where the sound comes from, then what was heard in it. */
import './listen-view.css'
import { useDeferredValue } from 'react'
import { ErrorNote } from '../components/error-note'
import { useListen } from '../services-context'
import { CloselySwitch } from './closely-switch'
import { FilesCard } from './files/files-card'
import { HeardCard } from './heard-card'
import { ListenProgress } from './listen-progress'
import { ListenSources } from './listen-sources'
import { TokenizerSwitch } from './tokenizer-switch'

export function ListenView() {
  const recording = useDeferredValue(useListen((state) => state.recording))
  const error = useListen((state) => state.error)
  const notice = useListen((state) => state.notice)
  return (
    <div className="listen">
      <section className="card" aria-label="What to listen to">
        <ListenSources />
        <TokenizerSwitch />
        <CloselySwitch />
        <ListenProgress />
        <output aria-label="Notice" className="notice">
          {notice}
        </output>
        <ErrorNote error={error} />
      </section>
      <FilesCard />
      {recording && <HeardCard key={recording.soundId} recording={recording} />}
    </div>
  )
}
