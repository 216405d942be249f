/** Owns: the page's frame: header, the two views as tabs, footer, shortcuts, help. */
import './app.css'
import { useEffect } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { ACTIONS } from './actions'
import { ActionButton } from './components/action-button'
import { Boundary } from './components/boundary'
import { EngineBar } from './components/engine-bar'
import { Hideable } from './components/hideable'
import { HelpDialog } from './components/help-dialog'
import { Icon } from './components/icon'
import { ThemeSwitch } from './components/theme-switch'
import { useFocusHeir } from './components/use-focus-heir'
import { Scope } from './scope'
import { useServices, useSettings } from './services-context'
import { LessonPanel } from './views/lesson/lesson-panel'
import { LessonsMenu } from './views/lesson/lessons-menu'
import { LinkNotes } from './views/share/link-notes'
import { ShareMenu } from './views/share/share-menu'
import { ListenView } from './views/listen-view'
import { VIEW_NAMES } from './stores/settings-store'
import { ChancesView } from './views/chances/chances-view'
import { SpeakView } from './views/speak-view'

function useShortcuts(): void {
  const services = useServices()
  useEffect(() => {
    const scope = new Scope()
    scope.listen(document, 'keydown', (event) => {
      if (!(event instanceof KeyboardEvent)) return
      const action = ACTIONS.find(({ matches, isEnabled }) => matches(event) && isEnabled(services))
      if (!action) return
      event.preventDefault()
      action.perform(services, event)
    })
    return () => scope.dispose()
  }, [services])
}

export function App() {
  const { settings } = useServices()
  const view = useSettings((state) => state.view)
  useShortcuts()
  useFocusHeir()
  return (
    <div className="app">
      <header className="app-header">
        <div className="app-title">
          <h1 id="title">Converge</h1>
          <p>
            Speech recognition and speech synthesis as <em>one small language model</em>: letters become
            phones, phones become integers, integers become sound. And back.
          </p>
        </div>
        <div className="app-side">
          <div className="app-tools">
            <LessonsMenu />
            <ShareMenu />
            <ThemeSwitch />
          </div>
          <p className="app-private">
            <Icon name="lock" /> Nothing leaves this machine
          </p>
        </div>
      </header>
      <LinkNotes />
      <div className="app-body">
        <LessonPanel />
        <Tabs
          className="app-tabs"
          selectedKey={view}
          onSelectionChange={(key) =>
            settings.setState({ view: VIEW_NAMES.find((name) => name === key) ?? 'speak' })
          }
        >
          <main>
            <div className="app-bar">
              <TabList aria-label="Direction" className="app-tab-list">
                <Tab id="speak">Speak</Tab>
                <Hideable name="listen">
                  <Tab id="listen">Listen</Tab>
                </Hideable>
                <Hideable name="chances">
                  <Tab id="chances">Chances</Tab>
                </Hideable>
              </TabList>
              <Hideable name="engine">
                <EngineBar />
              </Hideable>
            </div>
            <TabPanel id="speak" className="app-panel">
              <Boundary>
                <SpeakView />
              </Boundary>
            </TabPanel>
            <TabPanel id="listen" className="app-panel">
              <Boundary>
                <ListenView />
              </Boundary>
            </TabPanel>
            <TabPanel id="chances" className="app-panel">
              <Boundary>
                <ChancesView />
              </Boundary>
            </TabPanel>
          </main>
        </Tabs>
      </div>
      <footer className="app-footer">
        <p>Everything runs in this tab. No server sees a word or a sound of yours.</p>
        <nav className="app-footer-links">
          <a className="button button-quiet" href="licences.txt">
            Licences
          </a>
          <ActionButton action="show-help" look="quiet" />
        </nav>
      </footer>
      <HelpDialog />
    </div>
  )
}
