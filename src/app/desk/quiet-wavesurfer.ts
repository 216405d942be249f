/**
 * Owns: a wavesurfer that fits the page's Content-Security-Policy and clock. wavesurfer writes a style element into its
 * shadow root, which the policy would refuse when it reaches the document; so it is made outside of the document, and its
 * rules move to a constructed sheet, which the policy allows. It draws; it never plays.
 */
import WaveSurfer from 'wavesurfer.js'

export interface WaveColors {
  readonly waveColor: string
  readonly progressColor: string
}

export interface WavePicture {
  readonly peaks: Float32Array<ArrayBuffer>
  readonly seconds: number
  readonly heightPx: number
}

export function createQuietWavesurfer(
  parent: HTMLElement,
  picture: WavePicture,
  colors: WaveColors,
): WaveSurfer {
  const host = document.createElement('div')
  const wave = WaveSurfer.create({
    ...colors,
    container: host,
    peaks: [picture.peaks],
    duration: picture.seconds,
    height: picture.heightPx,
    cursorWidth: 0,
    interact: false,
    hideScrollbar: true,
    autoScroll: false,
    normalize: true,
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
