/** Owns: the page's start: services, theme, the first paint, then the models in the background. */
import '@fontsource-variable/noto-sans/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/buttons.css'
import './styles/controls.css'
import './styles/menus.css'
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { applyTheme } from './ports/theme'
import { Scope } from './scope'
import { createServices, warmUp } from './services'
import { ServicesProvider } from './services-context'
// After the styles of all views.
import './styles/forced-colors.css'

const page = new Scope()
const services = createServices(page)
applyTheme(services.settings, page)
page.listen(window, 'pagehide', (event) => {
  // A page kept for going back needs its workers again.
  if (event instanceof PageTransitionEvent && !event.persisted) page.dispose()
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const app = (
  <StrictMode>
    <ServicesProvider value={services}>
      <App />
    </ServicesProvider>
  </StrictMode>
)
const reactRoot = createRoot(root)
// In slices, so that the page answers while it is made.
startTransition(() => reactRoot.render(app))
requestAnimationFrame(() => setTimeout(() => void warmUp(services), 0))
