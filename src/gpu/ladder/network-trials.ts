/**
 * Owns: what shows whether a network is right on another runtime: the stored utterance of the known answer, said by the
 * decoder and heard by the others, and how far two answers may lie apart.
 */
import type { Networks, TokenizerName } from '../networks'
import { knownStream, knownUnits } from './known-answer'
import type { Ladder } from './load'
import { stretchToUnits, stretchToVoice } from './tokenize'
import { unitsToWave } from './vocode'

/** Cosine and sine of phases, logarithms of energies: float32 on either side, sums in another order. */
const NUMBER_TOLERANCE = 1e-2
/** Of the units: a digit on the edge may fall to either side. */
const LEAST_SAME_UNITS = 0.98

/** One network, by the name of its function, and what shows whether it is right. */
export interface Trial {
  readonly name: keyof Networks
  readonly title: string
  run(networks: Networks): Promise<ArrayLike<number>>
  agrees(found: ArrayLike<number>, wanted: ArrayLike<number>): boolean
}

/** @param networks that make the sound which the tokenizers are given */
export async function makeTrials(
  ladder: Pick<Ladder, 'manifest' | 'vocabulary'>,
  networks: Networks,
  tokenizers: readonly TokenizerName[],
): Promise<Trial[]> {
  const units = knownUnits(ladder)
  const { voice } = knownStream(ladder)
  const samples = await unitsToWave({ ...ladder, networks }, units, voice, 0)
  const stretch = { samples, startSeconds: 0 }
  const trials: Trial[] = [
    {
      name: 'unitsToControls',
      title: 'decoder',
      run: (networks) => networks.unitsToControls(units, voice),
      agrees: numbersAgree,
    },
    {
      name: 'codecMelToVoice',
      title: 'voice encoder',
      run: (networks) => stretchToVoice({ ...ladder, networks }, stretch),
      agrees: numbersAgree,
    },
  ]
  for (const tokenizer of tokenizers) {
    trials.push({
      name: tokenizer === 'whisper' ? 'whisperMelToUnits' : 'codecMelToUnits',
      title: `${tokenizer} tokenizer`,
      run: (networks) => stretchToUnits({ ...ladder, networks }, stretch, tokenizer),
      agrees: unitsAgree,
    })
  }
  return trials
}

function numbersAgree(found: ArrayLike<number>, wanted: ArrayLike<number>): boolean {
  if (found.length !== wanted.length) return false
  // Written so that NaN does not agree.
  return Array.from(wanted).every((value, i) => Math.abs(found[i] - value) <= NUMBER_TOLERANCE)
}

function unitsAgree(found: ArrayLike<number>, wanted: ArrayLike<number>): boolean {
  const same = Array.from(wanted).filter((unit, i) => found[i] === unit).length
  return found.length === wanted.length && same >= LEAST_SAME_UNITS * wanted.length
}
