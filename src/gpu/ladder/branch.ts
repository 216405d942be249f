/**
 * Owns: changing the model's mind: a take is replayed to a step, another token is forced there, and the model goes on with
 * the noise that the take had or with new noise. What is forced decides all that follows in its utterance; with the same
 * noise the other utterances stay as they are, because nothing that they depend on has changed.
 */
import { planToRule, type PlacedToken, type StreamState } from '../../speech/3-units/streams'
import type { AllowedTokens } from '../../speech/3-units/sampling'
import type { TokenId } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import { locateStep, takeToTokens, tokensToTake, type TakeTokens } from '../../speech/takes/take'
import type { Branch } from '../../speech/takes/tree'
import { STEPS_PER_RUN } from '../lm-engine'
import type { ReplayPorts } from './chances'
import type { SpokenPlan } from './plan'
import type { SpeakOptions } from './speak'
import { utteranceToPlan } from './take-streams'

/**
 * Yields the steps drawn since the branch, now and then; to stop, stop iterating.
 * @param options those of the take: its seed is the same noise
 * @throws ConvergeError `option-invalid` for a step that the take lacks or a token that the grammar forbids there
 */
export async function* branchTake(
  ports: ReplayPorts,
  plan: SpokenPlan,
  take: TakeTokens,
  { step, token, noise }: Branch,
  options: SpeakOptions,
): AsyncGenerator<number, TakeTokens> {
  const { utterances } = plan
  const tokens = takeToTokens(utterances, take, ports.vocabulary)
  const place = locateStep(utterances, take, step)
  const kept = tokens[place.utterance].slice(0, place.step)
  const after = noise.kind === 'same' ? options : { ...options, seed: noise.seed }
  let drawnSteps = 0
  for (let utterance = place.utterance; utterance < utterances.length; utterance++) {
    const isBranched = utterance === place.utterance
    if (!isBranched && noise.kind === 'same') break
    const given = isBranched ? [...kept, token] : []
    const going = goOn(ports, { plan: utteranceToPlan(plan, utterance, after), given }, after)
    let next = await going.next()
    for (; !next.done; next = await going.next()) yield drawnSteps + next.value
    drawnSteps += next.value.length - given.length
    tokens[utterance] = next.value
  }
  return tokensToTake(tokens, ports.vocabulary)
}

/** A stream from its given tokens to its end. Yields the steps drawn. @returns all its tokens */
async function* goOn(
  { lm, vocabulary }: ReplayPorts,
  { plan, given }: { plan: ReturnType<typeof utteranceToPlan>; given: readonly TokenId[] },
  { voice }: SpeakOptions,
): AsyncGenerator<number, TokenId[]> {
  const rule = planToRule(plan, vocabulary)
  let state: StreamState = rule.start
  const fed: PlacedToken[] = [...rule.prefix]
  for (const id of given) {
    checkAllowed(rule.allowed(state), id)
    const followed = rule.follow(state, id)
    state = followed.state
    fed.push(followed.token)
  }
  const tokens = [...given]
  const cursor = lm.openCursor()
  try {
    const stream = cursor.open(voice)
    let feed: readonly PlacedToken[] = fed
    while (!state.done) {
      const [logits] = await cursor.feed([{ stream, tokens: feed }])
      const next = rule.next(state, logits)
      state = next.state
      tokens.push(next.token.id)
      feed = [next.token]
      const drawn = tokens.length - given.length
      if (drawn % STEPS_PER_RUN === 0) yield drawn
    }
  } finally {
    cursor.dispose()
  }
  return tokens
}

function checkAllowed({ ranges, ids }: AllowedTokens, token: TokenId): void {
  if (ids.includes(token) || ranges.some(([first, end]) => token >= first && token < end)) return
  throw new ConvergeError('option-invalid', 'The grammar of speaking does not allow this token here.', {
    option: 'token',
    found: token,
  })
}
