/** Owns: the takes as a tree to choose from: who branched off whom, names, and the chosen one beside its parent. */
import { Button, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components'
import { findTake, pathToTake } from '../../../speech/takes/tree'
import { Icon } from '../../components/icon'
import { useCompare, useServices, useTakes } from '../../services-context'
import type { KeptTake } from '../../stores/takes-state'
import { formatSeconds } from '../../words/format'
import './take-tree.css'
import { BranchCompare } from './branch-compare'

export function TakeTreeList({ take }: { readonly take: KeptTake | undefined }) {
  const { takes: store, chances, compare, playback } = useServices()
  const tree = useTakes((state) => state.tree)
  const takes = useTakes((state) => state.takes)
  const isBlind = useCompare((state) => state.phase === 'blind')
  if (tree.nodes.length === 0 || isBlind) return null
  const node = take && findTake(tree, take.id)
  const parent = node?.origin.kind === 'branch' ? takes.get(node.origin.parent) : undefined
  // Depth first, so that branches stand under their parent.
  const inOrder = tree.nodes
    .map(({ id }) => ({ id, path: pathToTake(tree, id) }))
    .toSorted((a, b) => comparePaths(a.path, b.path))
  return (
    <div className="tree">
      <RadioGroup
        className="scroll tree-list"
        value={take ? String(take.id) : null}
        onChange={(value) => void chances.open({ kind: 'take', id: Number(value) })}
      >
        <Label>Takes</Label>
        {inOrder.map(({ id, path }) => {
          const seconds = takes.get(id)?.timeline.seconds
          return (
            <Radio
              key={id}
              value={String(id)}
              className="tree-take"
              style={{ marginLeft: `${(path.length - 1) * 1.25}rem` }}
            >
              {path.length > 1 && <span aria-hidden="true">└ </span>}
              {path.at(-1)?.name}
              {seconds !== undefined && <span className="hint"> {formatSeconds(seconds)}</span>}
            </Radio>
          )
        })}
      </RadioGroup>
      {take && node && (
        <div className="tree-chosen">
          <TextField
            key={take.id}
            className="field"
            defaultValue={node.name}
            onChange={(name) => store.rename(take.id, name)}
          >
            <Label>Name of this take</Label>
            <Input className="input" />
          </TextField>
          <div className="token-tools">
            <Button className="button button-plain" onPress={() => compare.play(take.id)}>
              <Icon name="play" />
              Play this take
            </Button>
            {parent && (
              <Button className="button button-plain" onPress={() => compare.play(parent.id)}>
                <Icon name="play" />
                Play its parent
              </Button>
            )}
            <Button
              className="button button-quiet"
              onPress={() => {
                playback.pause()
                store.remove([take.id])
              }}
            >
              Remove
            </Button>
          </div>
          {parent && <BranchCompare take={take} parent={parent} />}
        </div>
      )}
    </div>
  )
}

function comparePaths(a: readonly { readonly id: number }[], b: readonly { readonly id: number }[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i].id !== b[i].id) return a[i].id - b[i].id
  return a.length - b.length
}
