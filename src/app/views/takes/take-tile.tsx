/** Owns: what stands on one take's card: its number, name, picture, figures and buttons; blind, only a letter to hear. */
import { useDeferredValue } from 'react'
import { ToggleButton } from 'react-aria-components'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { TakeThumb } from '../../plots/take-thumb'
import { useCompare, usePlayback, useServices, useTakes } from '../../services-context'
import type { TakeId } from '../../../speech/takes/tree'
import type { KeptTake, TakesState } from '../../stores/takes-state'
import { roundTripToText, TAKE_FIGURES } from '../../words/take-words'

interface TakeTileProps {
  readonly id: TakeId
  readonly name: string
  readonly isBlind: boolean
}

interface InsideProps {
  readonly take: KeptTake
  readonly name: string
}

const KEYS = 9

/** The axis that all takes share ends at a round number, so that it seldom moves while takes arrive. */
const AXIS_STEP_SECONDS = 1
const axisSeconds = ({ takes }: TakesState): number => {
  let longest = 0
  for (const { timeline } of takes.values()) longest = Math.max(longest, timeline.seconds)
  return Math.ceil(longest / AXIS_STEP_SECONDS) * AXIS_STEP_SECONDS
}

export function TakeTile({ id, name, isBlind }: TakeTileProps) {
  const { compare, playback } = useServices()
  const take = useTakes((state) => state.takes.get(id))
  const number = useCompare((state) => state.order.indexOf(id) + 1)
  const isPlaying = usePlayback((state) => state.isPlaying && state.soundId === take?.soundId)
  // The collection mounts its cards in one go; what is inside comes in slices after it.
  const isFull = useDeferredValue(true, false)
  if (!take) return null
  return (
    <>
      <div className="tile-head">
        {number <= KEYS && <kbd aria-hidden="true">{number}</kbd>}
        <span className="tile-name">{name}</span>
        <Button
          className="button button-icon"
          aria-label={`${isPlaying ? 'Pause' : 'Play'} ${name}`}
          onPress={() => (isPlaying ? playback.pause() : compare.play(take.id))}
        >
          <Icon name={isPlaying ? 'pause' : 'play'} />
        </Button>
      </div>
      {isBlind && <BlindTile take={take} name={name} />}
      {!isBlind && isFull && <OpenTile take={take} name={name} />}
    </>
  )
}

function BlindTile({ take, name }: InsideProps) {
  const { compare } = useServices()
  const isLiked = useCompare((state) => state.liked.has(take.id))
  return (
    <ToggleButton
      className="chip"
      aria-label={`Like ${name}`}
      isSelected={isLiked}
      onChange={() => compare.toggleLiked(take.id)}
    >
      {isLiked ? 'Liked' : 'Like'}
    </ToggleButton>
  )
}

function OpenTile({ take, name }: InsideProps) {
  const { compare, chances, settings, takes } = useServices()
  const isSolo = useCompare((state) => state.solo === take.id)
  const place = useTakes((state) => state.checking.indexOf(take.id))
  const seconds = useTakes(axisSeconds)
  const { seconds: length, pitch, range, rate, pauses, entropy, probability } = TAKE_FIGURES
  const lookInside = () => {
    settings.setState({ view: 'chances' })
    void chances.open({ kind: 'take', id: take.id })
  }
  return (
    <>
      <TakeThumb take={take} seconds={seconds} />
      <dl className="tile-figures">
        {[length, pitch, range, rate, pauses, entropy, probability].map((figure) => (
          <div key={figure.name}>
            <dt>{figure.name}</dt>
            <dd>{figure.toText(take)}</dd>
          </div>
        ))}
        <div>
          <dt>Misheard</dt>
          <dd data-testid="misheard">
            {take.roundTrip ? (
              roundTripToText(take)
            ) : (
              <Button
                className="button button-quiet"
                aria-label={`Listen back to ${name}`}
                isDisabled={place >= 0}
                onPress={() => void takes.check([take.id])}
              >
                {place === 0 ? 'Listening' : place > 0 ? 'Waiting' : 'Check'}
              </Button>
            )}
          </dd>
        </div>
      </dl>
      <div className="tile-tools">
        <Button className="button button-quiet" aria-label={`Look inside ${name}`} onPress={lookInside}>
          Look inside
        </Button>
        <ToggleButton
          className="button button-quiet"
          aria-label={`Solo ${name}`}
          isSelected={isSolo}
          onChange={(solo) => compare.setState({ solo: solo ? take.id : null })}
        >
          Solo
        </ToggleButton>
      </div>
    </>
  )
}
