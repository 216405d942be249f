/**
 * Owns: the grammar of speaking. The only legal next tokens are the units and the next phone (or <eos> after the last),
 * so text can neither be skipped nor repeated; a phone has at least one unit, and at most `MAX_FRAMES_PER_PHONE`, which
 * also makes every take finite. A phone that is held has the frames that a person decided, neither more nor fewer.
 */
import { ConvergeError } from '../../errors'
import { checkSamplingOptions, sampleToken, type AllowedTokens, type SamplingOptions } from '../sampling'
import { SILENCE, type Phone, type TokenId, type Vocabulary } from '../vocabulary'
import { START, type Followed, type PlacedToken, type Rule, type StreamState } from './rule'

/** Frames of each phone, silences included; null where the model decides. */
export type HeldFrames = readonly (number | null)[]

export interface SpeakPlan {
  readonly task: 'speak'
  /** Without the silences at both ends; the rule adds them. */
  readonly phones: readonly Phone[]
  readonly held?: HeldFrames
  readonly sampling: SamplingOptions
  readonly seed: number
  readonly take: number
}

/** 0.8 s: longer than any phone or pause of the training speech. */
export const MAX_FRAMES_PER_PHONE = 32

export const withSilences = (phones: readonly Phone[]): readonly Phone[] => [SILENCE, ...phones, SILENCE]

export function speakRule(plan: SpeakPlan, vocabulary: Vocabulary): Rule<StreamState> {
  if (plan.phones.length === 0) {
    throw new ConvergeError('phones-invalid', 'There is nothing to say: the list of phones is empty.')
  }
  checkSamplingOptions(plan.sampling)
  checkHeld(plan.held ?? [])
  const phoneIds = withSilences(plan.phones).map((phone) => vocabulary.phoneToId(phone))
  const prefix: PlacedToken[] = [
    { id: vocabulary.pad, time: 0, phone: 0 },
    { id: vocabulary.speak, time: 0, phone: 0 },
    ...phoneIds.map((id, i) => ({ id, time: 0, phone: i + 1 })),
    { id: vocabulary.go, time: 0, phone: 0 },
    { id: phoneIds[0], time: 0, phone: 1 },
  ]

  function allowed(state: StreamState): AllowedTokens {
    const onward = phoneIds[state.phones + 1] ?? vocabulary.eos
    const held = plan.held?.[state.phones] ?? null
    if (state.run < (held ?? 1)) return { ranges: [vocabulary.unitRange], ids: [] }
    if (state.run >= (held ?? MAX_FRAMES_PER_PHONE)) return { ranges: [], ids: [onward] }
    return { ranges: [vocabulary.unitRange], ids: [onward] }
  }

  function follow(state: StreamState, id: TokenId): Followed {
    const isUnit = vocabulary.isUnit(id)
    const done = id === vocabulary.eos
    const after: StreamState = {
      step: state.step + 1,
      frames: state.frames + (isUnit ? 1 : 0),
      phones: state.phones + (isUnit || done ? 0 : 1),
      run: isUnit ? state.run + 1 : 0,
      done,
    }
    return { token: { id, time: after.frames, phone: after.phones + 1 }, state: after }
  }

  return {
    prefix,
    start: START,
    allowed,
    follow,
    next(state, logits) {
      const noise = { seed: plan.seed, take: plan.take, step: state.step }
      const { token, ...chance } = sampleToken(logits, allowed(state), plan.sampling, noise)
      return { ...follow(state, token), ...chance }
    },
  }
}

/** Whether a phone can be held for so many frames. */
export const isHeldLength = (frames: number): boolean =>
  Number.isInteger(frames) && frames >= 1 && frames <= MAX_FRAMES_PER_PHONE

function checkHeld(held: HeldFrames): void {
  for (const frames of held) {
    if (frames === null || isHeldLength(frames)) continue
    const message = `A phone is held for 1 to ${MAX_FRAMES_PER_PHONE} units; found ${frames}.`
    throw new ConvergeError('phones-invalid', message, { wanted: MAX_FRAMES_PER_PHONE, found: frames })
  }
}
