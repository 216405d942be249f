/** Owns: which task answers which request. */
import type { ClientMessage } from '../protocol'
import { runBranch } from './branch'
import { runChances } from './chances'
import { runDecode, runVoice } from './codec'
import { runAlternative, runAverage, runRoundTrip, runSound } from './compare'
import type { TaskContext } from './context'
import { runDigits } from './digits'
import { runGrid } from './grid'
import { runListen } from './listen'
import { runMeasure } from './measure'
import { runPlan, runReadWord } from './plan'
import { runSpeak } from './speak'

/** `live` is answered beside the queue's other tasks, for it goes on being asked (`live.ts`). */
export type Task = Exclude<ClientMessage, { type: 'cancel' | 'load' | 'live' | 'live-samples' | 'live-end' }>

export function runTask(context: TaskContext, request: Task): Promise<void> {
  switch (request.type) {
    case 'speak':
      return runSpeak(context, request)
    case 'listen':
      return runListen(context, request)
    case 'voice':
      return runVoice(context, request)
    case 'decode':
      return runDecode(context, request)
    case 'plan':
      return runPlan(context, request)
    case 'read-word':
      return runReadWord(context, request)
    case 'grid':
      return runGrid(context, request)
    case 'sound':
      return runSound(context, request)
    case 'chances':
      return runChances(context, request)
    case 'branch':
      return runBranch(context, request)
    case 'alternative':
      return runAlternative(context, request)
    case 'round-trip':
      return runRoundTrip(context, request)
    case 'measure':
      return runMeasure(context, request)
    case 'digits':
      return runDigits(context, request)
    case 'average':
      return runAverage(context, request)
  }
}
