/** Owns: following the playhead of one sound: a call before every repaint while it moves, and a slow value to read. */
import { useEffect, useRef, useState } from 'react'
import { Scope } from '../scope'
import { useServices } from '../services-context'
import type { SoundId } from '../../workers/spectrogram'

const SLOW_MS = 120

/** Calls `onMove` at once, whenever the playhead was moved, and every frame while the sound plays. */
export function usePlayhead(soundId: SoundId, onMove: (seconds: number) => void): void {
  const { playback } = useServices()
  const latest = useRef(onMove)
  // Also after every drawing: the same moment may stand elsewhere on a scrolled or zoomed axis.
  useEffect(() => {
    latest.current = onMove
    onMove(playback.nowSeconds(soundId))
  })
  useEffect(() => {
    const scope = new Scope()
    let stopFrames: (() => void) | undefined
    const move = () => latest.current(playback.nowSeconds(soundId))
    const update = () => {
      const { isPlaying, soundId: playing } = playback.getState()
      const isMoving = isPlaying && playing === soundId
      if (isMoving && !stopFrames) stopFrames = scope.frames(move)
      if (!isMoving && stopFrames) {
        stopFrames()
        stopFrames = undefined
      }
      move()
    }
    scope.add(playback.subscribe(update))
    update()
    return () => scope.dispose()
  }, [playback, soundId])
}

/** The playhead as state, a few times a second: for texts and marks. */
export function usePlayheadSeconds(soundId: SoundId): number {
  const { playback } = useServices()
  const [seconds, setSeconds] = useState(() => playback.nowSeconds(soundId))
  const lastMs = useRef(0)
  usePlayhead(soundId, (now) => {
    const nowMs = performance.now()
    if (playback.getState().isPlaying && nowMs - lastMs.current < SLOW_MS) return
    lastMs.current = nowMs
    setSeconds(now)
  })
  return seconds
}
