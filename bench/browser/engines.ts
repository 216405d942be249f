/**
 * Owns: the language model alone on every engine that a browser has for it: 1 to 16 takes of one sentence, engines in turn
 * (A B C, C B A …), and the time to first sound. A slow engine draws the beginnings of the takes alone.
 */
import { speak } from '../../src/gpu/ladder/speak'
import { textToPlan } from '../../src/gpu/ladder/plan'
import type { Ladder } from '../../src/gpu/ladder/load'
import { chooseVoice } from '../../src/gpu/ladder/voice'
import type { LmEngine } from '../../src/gpu/lm-engine'
import { uncut } from '../../src/speech/3-units/sampling'
import { makeTakes, runOnce, TAKES, type LmRun } from '../lm-run'
import type { OpenedLadder } from './open'
import { sharePrefix } from './share-prefix'
import type { BenchEngine, EngineFigures, EngineRow, EnginesTask } from './tasks'

/** Of every engine's first run. */
const FEW_STEPS = 4
/** Of a slow engine's run: as many as it does in two seconds, at most what one submit of ours holds. */
const SLOW_RUN_MS = 2000
const MOST_SLOW_STEPS = 16
/** Where one step of all takes is slower than this, the takes' ends are not waited for: some 200 steps. */
const SLOW_STEP_MS = 100
/** Where a token of one take is slower than this, a first sound of some 30 is not. */
const SLOW_TOKEN_MS = 300
const FIRST_SOUND_TEXT = 'The quick brown fox jumps over the lazy dog.'

interface Contender {
  readonly name: BenchEngine
  readonly engine: LmEngine
}

export async function measureEngines(
  opened: OpenedLadder,
  { runs }: EnginesTask,
  progress: (text: string) => void,
): Promise<EngineFigures> {
  const { ladder } = opened
  const contenders: Contender[] = [
    { name: 'wasm', engine: ladder.lm },
    { name: 'ort', engine: await opened.openOrt() },
  ]
  const wgsl = await opened.openWgsl()
  if (typeof wgsl !== 'string') {
    contenders.push({ name: 'wgsl', engine: wgsl.lm })
    // On a software adapter one prefix takes seconds, and 16 of them minutes.
    const engine = sharePrefix(await opened.openOrtWebGpu(), ladder.vocabulary)
    contenders.push({ name: 'ort-webgpu', engine })
  }
  const toSpecs = await makeTakes(ladder)
  const rows: EngineRow[] = []
  for (const takes of TAKES) {
    const specs = toSpecs(takes)
    const steps: number[] = []
    const measured = contenders.map((): LmRun[] => [])
    for (const { name, engine } of contenders) {
      // The first compiles and allocates.
      await runOnce(engine, specs, FEW_STEPS)
      const stepMs = (await runOnce(engine, specs, FEW_STEPS)).drawMs / FEW_STEPS
      progress(`${name}, ${takes} takes: about ${stepMs.toFixed(1)} ms a step`)
      const slowSteps = Math.min(MOST_SLOW_STEPS, Math.max(FEW_STEPS, Math.floor(SLOW_RUN_MS / stepMs)))
      steps.push(stepMs > SLOW_STEP_MS ? slowSteps : Infinity)
    }
    for (let run = 0; run < runs; run++) {
      const order = run % 2 === 0 ? [...contenders.keys()] : [...contenders.keys()].toReversed()
      for (const i of order) measured[i].push(await runOnce(contenders[i].engine, specs, steps[i]))
    }
    for (const [i, { name }] of contenders.entries()) {
      rows.push({
        engine: name,
        takes,
        tokens: measured[i][0].tokens,
        prefixMs: measured[i].map(({ prefixMs }) => prefixMs),
        drawMs: measured[i].map(({ drawMs }) => drawMs),
        sameTokens: shareOfSameTokens(measured[i][0], measured[0][0]),
      })
    }
    progress(`${takes} takes: measured`)
  }
  const firstSoundMs: Partial<Record<BenchEngine, number[]>> = {}
  for (const { name, engine } of contenders) {
    const row = rows.find(({ engine, takes }) => engine === name && takes === 1)
    if (row && Math.min(...row.drawMs) / row.tokens > SLOW_TOKEN_MS) continue
    const measured: number[] = []
    // The first warms up.
    for (let run = 0; run <= runs; run++) measured.push(await timeFirstSound({ ...ladder, lm: engine }))
    firstSoundMs[name] = measured.slice(1)
  }
  return {
    adapter: typeof wgsl === 'string' ? wgsl : wgsl.adapter.name,
    isSoftware: typeof wgsl !== 'string' && wgsl.adapter.isSoftware,
    rows,
    firstSoundMs,
  }
}

function shareOfSameTokens(run: LmRun, reference: LmRun): number {
  let all = 0
  let same = 0
  for (const [take, drawn] of run.drawn.entries()) {
    const wanted = reference.drawn[take].slice(0, drawn.length)
    all += wanted.length
    same += wanted.filter(({ id }, i) => drawn[i].id === id).length
  }
  return same / all
}

async function timeFirstSound(ladder: Ladder): Promise<number> {
  const startMs = performance.now()
  const plan = await textToPlan(ladder, FIRST_SOUND_TEXT)
  const voice = chooseVoice(ladder, { name: 'af_heart' })
  for await (const event of speak(ladder, plan, { voice, sampling: uncut(0.7), seed: 1 })) {
    if (event.type === 'audio') return performance.now() - startMs
  }
  throw new Error('The sentence made no sound.')
}
