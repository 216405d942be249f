/**
 * Owns: a spoken take as the plain data that decided it, and a take made from such data without drawing: tokens that came
 * with a link, or the same tokens in another voice.
 */
import type { TakeTokens } from '../../speech/takes/take'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan, TakeData } from '../../workers/protocol'
import type { SoundShelf } from '../sound-shelf'
import type { EngineStore } from './engine-store'
import { toSettings, toWanted, type SpeakSettings } from './speak-settings'
import type { Take } from './speak-store'
import { spokenToTimeline, type Timeline } from './timeline'

export function timelineToTokens({ units, phones, unitSeconds }: Timeline): TakeTokens {
  const durationsFrames = phones.map(({ startSeconds, endSeconds }) =>
    Math.round((endSeconds - startSeconds) / unitSeconds),
  )
  return { units, durationsFrames }
}

/** @param soundSeed of the vocoder's noise; a spoken take has its own seed for both */
export function toTakeData(
  settings: SpeakSettings,
  { phones, held, utteranceEnds: ends }: Pick<SpeakPlan, 'phones' | 'held' | 'utteranceEnds'>,
  tokens: TakeTokens,
  soundSeed = settings.seed,
): TakeData {
  const { temperature, cuts, seed } = settings
  const { voice, moves } = toWanted(settings)
  const byUtterance = <T>(all: readonly T[]) => ends.map((end, i) => all.slice(ends[i - 1] ?? 0, end))
  return {
    ...tokens,
    utterances: byUtterance(phones),
    ...(held && { held: byUtterance(held) }),
    voice,
    ...(moves && { moves }),
    sampling: { ...cuts, temperature },
    seed,
    soundSeed,
  }
}

export interface TokensPorts {
  readonly client: Pick<SpeechClient, 'sound'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'begin'>
}

/** @throws ConvergeError `units-invalid` where the tokens are none of the plan's */
export async function tokensToSpokenTake(
  { client, engine, shelf }: TokensPorts,
  settings: SpeakSettings,
  plan: SpeakPlan,
  tokens: TakeTokens,
  signal?: AbortSignal,
): Promise<Take> {
  const { sampleRateHz, frameRateHz } = await engine.ensure('any')
  const take = toTakeData(settings, plan, tokens)
  const { samples } = await client.sound({ take, asSpoken: true }, undefined, signal)
  const live = shelf.begin(sampleRateHz)
  live.append(samples)
  await live.finish()
  const spoken = { ...tokens, phones: plan.phones }
  const timeline = spokenToTimeline(spoken, plan, frameRateHz * settings.moves.pace)
  return { ...toSettings(settings), soundId: live.id, plan, timeline, isStored: false }
}
