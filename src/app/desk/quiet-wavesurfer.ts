/**
 * Owns: a wavesurfer that fits the page's Content-Security-Policy and clock. wavesurfer writes a style element into its
 * shadow root, which the policy would refuse when it reaches the document; so it is made outside of the document, and its
 * rules move to a constructed sheet, which the policy allows. It draws; it never plays.
 */
import WaveSurfer from 'wavesurfer.js'
import type { PeakLevel } from '../../workers/spectrogram-tile'

export interface WaveColors {
  readonly waveColor: string
  readonly progressColor: string
}

export interface WavePicture {
  readonly peakLevels: readonly PeakLevel[]
  readonly seconds: number
}

export function createQuietWavesurfer(
  parent: HTMLElement,
  picture: WavePicture,
  colors: WaveColors,
  heightPx: number,
): WaveSurfer {
  const farthest = picture.peakLevels[picture.peakLevels.length - 1]
  const host = document.createElement('div')
  const wave = WaveSurfer.create({
    ...colors,
    container: host,
    peaks: [farthest.peaks],
    duration: picture.seconds,
    height: heightPx,
    cursorWidth: 0,
    interact: false,
    hideScrollbar: true,
    autoScroll: false,
    normalize: true,
    maxPeak: farthest.peaks.reduce((high, peak) => Math.max(high, Math.abs(peak)), 0.01),
  })
  const root = wave.getWrapper().getRootNode()
  if (root instanceof ShadowRoot) {
    const style = root.querySelector('style')
    const sheet = new CSSStyleSheet()
    // The axis scrolls; a second scrolling element inside would be one that no key reaches.
    sheet.replaceSync(`${style?.textContent ?? ''} .scroll { overflow: hidden !important }`)
    style?.remove()
    root.adoptedStyleSheets = [sheet]
  }
  parent.append(host)
  return wave
}

/** Draws at a new scale, with peaks just sharp enough for it: wavesurfer reads all that it is given at each drawing. */
export function scaleWavesurfer(wave: WaveSurfer, picture: WavePicture, pxPerSecond: number): void {
  if (wave.options.minPxPerSec === pxPerSecond) return
  const isSharp = ({ pairsPerSecond }: PeakLevel) => pairsPerSecond >= pxPerSecond
  const { peaks } = picture.peakLevels.findLast(isSharp) ?? picture.peakLevels[0]
  const isSameLevel = wave.options.peaks?.[0] === peaks
  if (isSameLevel) {
    wave.setOptions({ minPxPerSec: pxPerSecond })
    return
  }
  wave.setOptions({ peaks: [peaks], duration: picture.seconds, minPxPerSec: pxPerSecond })
  // New options alone redraw the old peaks.
  const decoded = wave.getDecodedData()
  if (decoded) void wave.getRenderer().render(decoded)
}
