/**
 * Ten damaged shaders, each a small and plausible mistake: the known-answer test catches them all, and passes the same
 * engines unharmed.
 */
import { describe, expect, it } from 'vitest'
import stored from '../ladder/known-answer.json'
import { answerKnown, PROBABILITY_TOLERANCE } from '../ladder/known-answer'
import type { Drawn, LmEngine } from '../lm-engine'
import { describeAdapter, findDawnAdapter, requestTestDevice } from '../testing/dawn'
import { readTestModel } from '../testing/test-model'
import { createWgslLm } from './lm'
import type { RungName } from './rung'
import { bundledShaders } from './shaders'

interface Damage {
  readonly what: string
  readonly rung: RungName
  readonly file: string
  readonly from: string
  readonly to: string
}

const DAMAGES: readonly Damage[] = [
  {
    what: 'weights lose their sign',
    rung: 'plain',
    file: 'parts/int8',
    from: 'vec4<f32>(vec4<i32>(',
    to: 'vec4<f32>(vec4<u32>(',
  },
  {
    what: 'the last weights of a row are left out',
    rung: 'plain',
    file: 'plain/linear',
    from: 'load < INPUT / 16u',
    to: 'load < INPUT / 16u - 1u',
  },
  {
    what: 'time and phone change places',
    rung: 'plain',
    file: 'parts/turn',
    from: 'row.phone, row.time',
    to: 'row.time, row.phone',
  },
  {
    what: 'the voice loses its bias',
    rung: 'plain',
    file: 'plain/embed',
    from: ' + weightFloat(place.bias + dim)',
    to: '',
  },
  {
    what: 'a drawn token gets the place of the one before',
    rung: 'plain',
    file: 'parts/draw',
    from: 'vec2<u32>(next.frames, next.phones + 1u)',
    to: 'vec2<u32>(next.frames, next.phones)',
  },
  {
    what: 'keys are turned the wrong way',
    rung: 'fused',
    file: 'fused/qkv',
    from: 'select(partner, -partner,',
    to: 'select(-partner, partner,',
  },
  {
    what: 'a token does not see itself',
    rung: 'fused',
    file: 'parts/attention',
    from: 'let length = row.position + 1u',
    to: 'let length = max(row.position, 1u)',
  },
  {
    what: 'the last row of a tile is forgotten',
    rung: 'fused',
    file: 'fused/project',
    from: 't < TILE',
    to: 't < max(TILE - 1u, 1u)',
  },
  {
    what: 'the norm divides by a little too much',
    rung: 'fused',
    file: 'parts/matrix',
    from: 'squares / f32(INPUT)',
    to: 'squares / f32(INPUT + 4u)',
  },
  {
    what: 'the gate forgets its sigmoid',
    rung: 'fused',
    file: 'parts/silu',
    from: 'g / (1.0 + exp(min(-g, 80.0)))',
    to: 'max(g, 0.0)',
  },
]

const adapter = await findDawnAdapter()

/** Fewer than the test asks for at once, so that an error is found soon. */
const STEPS_A_LOOK = 8

/**
 * The same engine, but a batch ends with the first token that is wrong or whose chance is: that changes no verdict, only
 * how long it takes.
 */
function endAtFirstError(lm: LmEngine): LmEngine {
  return {
    ...lm,
    async start(specs) {
      const batch = await lm.start(specs)
      let drawn = 0
      let wrong = false
      const isWrong = ({ id, probability }: Drawn, i: number) => {
        const wanted = stored.answer.at(i)
        return wanted?.id !== id || !(Math.abs(wanted.probability - probability) <= PROBABILITY_TOLERANCE)
      }
      return {
        get done() {
          return wrong || batch.done
        },
        async run(steps) {
          const news = await batch.run(Math.min(steps, STEPS_A_LOOK))
          wrong = news[0].some((token, i) => isWrong(token, drawn + i))
          drawn += news[0].length
          return news
        },
        dispose: () => batch.dispose(),
      }
    },
  }
}

describe.skipIf(typeof adapter === 'string')(`known answers on ${describeAdapter(adapter)}`, () => {
  const model = readTestModel()

  async function answer(rung: RungName, shaders = bundledShaders) {
    if (typeof adapter === 'string') throw new Error(adapter)
    const device = await requestTestDevice(adapter)
    const lm = await createWgslLm({ device, ...model, shaders, rung, lanes: 1 })
    const result = await answerKnown({ lm: endAtFirstError(lm), manifest: model.manifest })
    device.destroy()
    return result
  }

  it.each(['plain', 'fused'] as const)('passes the %s rung unharmed', { timeout: 600_000 }, async (rung) => {
    expect(await answer(rung)).toMatchObject({ passed: true })
  })

  it.each(DAMAGES)('catches: $what', { timeout: 600_000 }, async ({ rung, file, from, to }) => {
    const source = bundledShaders.get(file) ?? ''
    expect(source.split(from), 'the damage must hit one place').toHaveLength(2)
    const shaders = new Map([...bundledShaders, [file, source.replace(from, to)]])
    expect(await answer(rung, shaders)).toMatchObject({ passed: false })
  })
})
