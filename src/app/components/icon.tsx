/** Owns: the page's few signs, drawn in the text's colour. Always beside or under a name: none is read aloud. */
const PATHS = {
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z',
  stop: 'M6 6h12v12H6z',
  lock: 'M7 10V8a5 5 0 0 1 10 0v2h1v10H6V10zm2 0h6V8a3 3 0 0 0-6 0z',
  microphone:
    'M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11h2a5 5 0 0 0 10 0h2a7 7 0 0 1-6 6.9V21h-2v-3.1A7 7 0 0 1 5 11z',
  download: 'M11 4h2v8l3-3 1.4 1.4L12 15.8l-5.4-5.4L8 9l3 3zM5 18h14v2H5z',
  dice: 'M6 3h12a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3zm2 3.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm8 8a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm-4-4a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
  grid: 'M4 4h4v4H4zM10 4h4v4h-4zM16 4h4v4h-4zM4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4zM4 16h4v4H4zM10 16h4v4h-4zM16 16h4v4h-4z',
  back: 'M15.5 5v14L7 12z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  minus: 'M5 11h14v2H5z',
  fit: 'M3 5h2v14H3zM19 5h2v14h-2zM7 12l4-4v3h2V8l4 4-4 4v-3h-2v3z',
  file: 'M6 2h8l5 5v15H6zm2 2v16h9V8h-4V4z',
  chevron: 'M6.4 8.6 12 14.2l5.6-5.6L19 10l-7 7-7-7z',
  alert: 'M12 2 1 21h22zm-1 7h2v6h-2zm0 8h2v2h-2z',
  link: 'M10.6 13.4a3 3 0 0 0 4.2 0l3.6-3.6a3 3 0 0 0-4.2-4.2l-1.5 1.5-1.4-1.4 1.5-1.5a5 5 0 0 1 7 7l-3.6 3.6a5 5 0 0 1-7 0zm2.8-2.8a3 3 0 0 0-4.2 0l-3.6 3.6a3 3 0 0 0 4.2 4.2l1.5-1.5 1.4 1.4-1.5 1.5a5 5 0 0 1-7-7l3.6-3.6a5 5 0 0 1 7 0z',
  book: 'M4 4h6a2 2 0 0 1 2 2 2 2 0 0 1 2-2h6v14h-6a2 2 0 0 0-2 2 2 2 0 0 0-2-2H4zm2 2v10h5V7a1 1 0 0 0-1-1zm12 0h-4a1 1 0 0 0-1 1v9h5z',
  check: 'M9.5 17.5 4 12l1.5-1.5 4 4 9-9L20 7z',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} fillRule="evenodd" />
    </svg>
  )
}
