/**
 * Owns: one sound on one time axis: ruler, waveform, spectrogram, words, phones, units, with a playhead through all of
 * them. The pictures are one slider for the keyboard and for screen readers.
 */
import './sound-desk.css'
import { useCallback, useMemo, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import type { SoundId } from '../../workers/spectrogram'
import { usePlayback, useServices } from '../services-context'
import { secondsToUnit, spanAt, type PhoneSpan, type Timeline } from '../stores/timeline'
import { phoneToName } from '../words/ipa'
import { pxToSeconds, secondsToPx, zoomAnchor, type AxisView } from './axis'
import { DeskTools } from './desk-tools'
import { PhonesRow } from './phones-row'
import { RulerRow } from './ruler-row'
import { SpectrogramRow } from './spectrogram-row'
import { UnitsRow } from './units-row'
import { useAxis } from './use-axis'
import { usePlayhead, usePlayheadSeconds } from './use-playhead'
import { WaveRow } from './wave-row'
import { WordsRow } from './words-row'

const KEY_ZOOM = 1.5
const STEP_SECONDS = 0.1
const LEAP_SECONDS = 1

interface SoundDeskProps {
  readonly soundId: SoundId
  readonly timeline: Timeline
  readonly tools?: ReactNode
  /** More rows on the same axis. */
  readonly renderRows?: (view: AxisView) => ReactNode
}

export function SoundDesk({ soundId, timeline, tools, renderRows }: SoundDeskProps) {
  const { playback, shelf } = useServices()
  const source = shelf.source(soundId)
  const pictureSeconds = shelf.picture(soundId)?.seconds
  const seconds = pictureSeconds ?? timeline.seconds
  const { view, setScroller, reveal, zoomBy, fit } = useAxis(seconds)
  const isPlaying = usePlayback((state) => state.isPlaying && state.soundId === soundId)
  const now = usePlayheadSeconds(soundId)
  const line = useRef<HTMLDivElement>(null)
  const { phones, units } = timeline
  const currentPhone = spanAt(phones, now)

  const wasInView = useRef(true)
  usePlayhead(soundId, (at) => {
    const px = secondsToPx(view, at)
    if (line.current) line.current.style.transform = `translateX(${px}px)`
    // Follow a playhead that runs out of view, but let a person scroll away from it.
    if (isPlaying && wasInView.current && px > view.widthPx) reveal(at, at)
    wasInView.current = px >= 0 && px <= view.widthPx
  })

  const toggle = () => {
    if (isPlaying) playback.pause()
    else if (source) playback.play(source, now >= seconds - 0.01 ? 0 : now)
  }
  const seek = (to: number) => {
    if (!source) return
    const clamped = Math.min(seconds, Math.max(0, to))
    playback.seek(source, clamped)
    reveal(clamped, clamped)
  }
  const playPhone = useCallback(
    (span: PhoneSpan) => {
      const playable = shelf.source(soundId)
      playback.wake()
      if (playable) playback.play(playable, span.startSeconds, span.endSeconds)
    },
    [playback, shelf, soundId],
  )

  const valueText = useMemo(() => {
    const parts = [`${now.toFixed(2)} of ${seconds.toFixed(2)} seconds`]
    if (currentPhone >= 0) parts.push(`phone ${phoneToName(phones[currentPhone].phone)}`)
    const unit = units[secondsToUnit(timeline, now)]
    if (unit !== undefined) parts.push(`unit ${unit}`)
    return parts.join(', ')
  }, [now, seconds, currentPhone, phones, units, timeline])

  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Readonly<Record<string, () => void>> = {
      ' ': toggle,
      Enter: toggle,
      ArrowLeft: () => seek(now - STEP_SECONDS),
      ArrowRight: () => seek(now + STEP_SECONDS),
      PageDown: () => seek(now - LEAP_SECONDS),
      PageUp: () => seek(now + LEAP_SECONDS),
      Home: () => seek(0),
      End: () => seek(seconds),
      '+': () => zoomBy(KEY_ZOOM, now),
      '=': () => zoomBy(KEY_ZOOM, now),
      '-': () => zoomBy(1 / KEY_ZOOM, now),
      '0': fit,
    }
    const perform = keys[event.key]
    if (!perform || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    perform()
  }
  const onClick = (event: MouseEvent) => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left
    seek(pxToSeconds(view, px))
  }

  return (
    <div className="desk">
      <DeskTools
        isPlaying={isPlaying}
        onToggle={toggle}
        now={now}
        seconds={seconds}
        onZoom={(factor) => zoomBy(factor, zoomAnchor(view, now))}
        onFit={fit}
      >
        {tools}
      </DeskTools>
      <div className="desk-scroller" ref={setScroller}>
        <div className="desk-track" style={{ width: Math.max(view.widthPx, seconds * view.pxPerSecond) }}>
          <div className="desk-stage" style={{ width: view.widthPx }}>
            <RulerRow view={view} />
            {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input can't hold the pictures it moves through */}
            <div
              className="desk-pictures"
              role="slider"
              tabIndex={0}
              aria-label="Playhead"
              aria-valuemin={0}
              aria-valuemax={Number(seconds.toFixed(3))}
              aria-valuenow={Number(now.toFixed(3))}
              aria-valuetext={valueText}
              onKeyDown={onKeyDown}
              onClick={onClick}
            >
              <WaveRow soundId={soundId} view={view} />
              <SpectrogramRow soundId={soundId} view={view} />
            </div>
            <WordsRow words={timeline.words} view={view} />
            <PhonesRow
              phones={phones}
              view={view}
              current={currentPhone}
              onPlay={playPhone}
              onReveal={reveal}
            />
            <UnitsRow timeline={timeline} view={view} />
            {renderRows?.(view)}
            <div className="desk-playhead" ref={line} aria-hidden="true" />
          </div>
        </div>
      </div>
    </div>
  )
}
