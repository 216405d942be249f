/** Owns: what can be done with all takes at once: sort, play in a row, listen back, average, blind listening, keys. */
import { Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Switch } from 'react-aria-components'
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { useAverage, useCompare, useGrid, useServices, useTakes } from '../../services-context'
import { SORTS, type SortBy } from '../../stores/take-order'
import { DownloadTakes } from '../downloads/download-takes'
import { AverageNote } from './average-note'

const isSort = (key: unknown): key is SortBy => typeof key === 'string' && key in SORTS

export function BoardTools() {
  const { compare, takes, average, playback } = useServices()
  const order = useCompare((state) => state.order)
  const sortBy = useCompare((state) => state.sortBy)
  const phase = useCompare((state) => state.phase)
  const areKeysOn = useCompare((state) => state.areKeysOn)
  const isDrawing = useGrid((state) => state.phase !== 'idle')
  const waiting = useTakes((state) => state.checking.length)
  const isAveraging = useAverage((state) => state.isBusy)
  const error = useAverage((state) => state.error)
  const checkError = useTakes((state) => state.error)
  return (
    <div className="board-tools">
      <Select
        className="board-sort"
        value={sortBy}
        isDisabled={phase !== 'open'}
        onChange={(key) => isSort(key) && compare.setState({ sortBy: key })}
      >
        <Label>Sort by</Label>
        <Button className="button button-plain">
          <SelectValue />
          <Icon name="chevron" />
        </Button>
        <Popover className="menu-popover">
          <ListBox className="menu">
            {Object.entries(SORTS).map(([key, name]) => (
              <ListBoxItem key={key} id={key} className="menu-item">
                {name}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </Select>
      <Button className="button button-plain" onPress={() => compare.playAll()}>
        <Icon name="play" />
        Play all in a row
      </Button>
      <Button
        className="button button-plain"
        isDisabled={isAveraging || order.length < 2}
        onPress={() => void average.play(order)}
      >
        <Icon name="play" />
        Average of all takes
      </Button>
      <Button
        className="button button-plain"
        onPress={() => (waiting > 0 ? takes.stopChecking() : void takes.check(order))}
      >
        {waiting > 0 && <Icon name="stop" />}
        {waiting > 0 ? `Stop listening back (${waiting} left)` : 'Listen back to all'}
      </Button>
      <DownloadTakes ids={order} />
      <Button
        className="button button-plain"
        isDisabled={phase !== 'open' || isDrawing}
        onPress={() => {
          playback.pause()
          takes.stopChecking()
          takes.remove(order)
        }}
      >
        Remove all takes
      </Button>
      <Switch
        className="switch"
        isSelected={areKeysOn}
        onChange={(isOn) => compare.setState({ areKeysOn: isOn })}
      >
        <span className="switch-track" />
        Keys 1 to 9 play, X swaps
      </Switch>
      <AverageNote />
      <ErrorNote error={error ?? checkError} />
    </div>
  )
}
