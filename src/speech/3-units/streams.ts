/**
 * Owns: the stream grammar (DESIGN section 3): for each task the prefix that opens a stream and the rule that turns one
 * step's logits into the next token. A stream is plain data; its state goes in and comes out. A rule never sees an
 * engine, so that every engine obeys the same grammar.
 *
 *     speak   V <tts> ph1 … phN <go> ph1 u u u ph2 u u … phN u <eos>    a phone comes before its units
 *     listen  V <asr> u u u u ph1 u u ph2 u …  <eos>                     a phone comes 3 frames after its last unit
 *     babble  V <cont> u u u …  <eos>                                    units alone: continue this sound
 *     say as  V <g2p> letters <go> phones <eos>
 *     spell   V <p2g> phones <go> letters <eos>
 *
 * V is the voice slot: token <pad>, where the engine puts the projected voice vector. Every token has two positions:
 * `time` (frames so far) and `phone` (phones so far); in the two letter tasks both simply count tokens.
 */
import { babbleRule, type BabblePlan } from './streams/babble'
import { listenRule, type ListenPlan } from './streams/listen'
import { speakRule, type SpeakPlan } from './streams/speak'
import { transcribeRule, type TranscribePlan } from './streams/transcribe'
import type { Rule, StreamState } from './streams/rule'
import type { Vocabulary } from './vocabulary'

export type { PlacedToken, Rule, StreamState } from './streams/rule'

/** Everything that decides a stream besides the engine's numbers. */
export type StreamPlan = SpeakPlan | ListenPlan | BabblePlan | TranscribePlan

/** The rule of a plan. @throws ConvergeError `phones-invalid`, `units-invalid` or `option-invalid` */
export function planToRule(plan: StreamPlan, vocabulary: Vocabulary): Rule<StreamState> {
  switch (plan.task) {
    case 'speak':
      return speakRule(plan, vocabulary)
    case 'listen':
      return listenRule(plan, vocabulary)
    case 'babble':
      return babbleRule(plan, vocabulary)
    case 'say-as':
    case 'spell':
      return transcribeRule(plan, vocabulary)
  }
}
