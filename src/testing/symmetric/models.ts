/**
 * Random models that treat the identities of two families alike by construction. With `singles`, one of them singles
 * an identity out; with `records`, they have sets of records.
 */
import { eventsOf } from '../../modelling/events.ts'
import { type Model, model } from '../../modelling/model.ts'
import type { Judge, Measure, Meter, Monitor, Property } from '../../modelling/property.ts'
import { SymmetricPrograms } from './programs.ts'
import type { Scene, Test } from './reading.ts'
import {
  type Draw,
  drawFamilies,
  drawMemory,
  drawState,
  type Families,
  MOST_MESSAGES,
  NOBODY,
  pick,
} from './schemas.ts'

/** A model out of drawn numbers. */
export const symmetricModel = (draw: Draw, singles = false, records = false): Model => {
  const families = drawFamilies(draw)
  const state = drawState(draw, families, records)
  const programs = new SymmetricPrograms(draw, families, state)
  const actions = Array.from({ length: 3 + draw(3) }, (_, i) => {
    const [f, h, index] = [draw(3), families.h.length > 0 ? draw(2) : 0, draw(3) === 0]
    const test = draw(2) === 0 ? undefined : programs.test()
    const program = programs.program(draw(3))
    const one = singles && i === 0 ? pick(draw, families.f) : undefined
    const special = programs.program(0)
    const sceneOf = (s: object, choice: object): Scene => {
      const { a, b, c, index } = choice as Readonly<Record<string, string>> & { index?: number }
      return { s, f: [a, b].filter(isName), h: [c].filter(isName), index }
    }
    return {
      name: `A${i}`,
      choose: {
        ...(f > 0 && { a: families.f }),
        ...(f > 1 && { b: families.f }),
        ...(h > 0 && { c: families.h }),
        ...(index && { index: Array.from({ length: MOST_MESSAGES }, (_, n) => n) }),
      },
      ...(test && { guard: (s: object, choice: object) => test(sceneOf(s, choice)) }),
      effect(d: object, choice: object, emit: object) {
        const say = emit as { Ping(event: object): void }
        const scene = { ...sceneOf(d, choice), emit: (who: string, n: number) => say.Ping({ who, n }) }
        program(scene)
        if (one !== undefined && scene.f[0] === one) special(scene)
      },
    }
  })
  return model('Random, symmetric', {
    state,
    events: eventsOf(['all'], { Ping: () => ({ shape: 'mark', lane: 'all', text: 'ping' }) }),
    actions,
    properties: [...propertiesOf(draw, programs), ...listenersOf(draw, families)],
    ...(draw(2) === 0 && { final: predicateOf(programs.test()) }),
  })
}

const isName = (name: string | undefined): name is string => name !== undefined

const predicateOf = (test: Test) => (s: object) => test({ s, f: [], h: [], index: undefined })

const propertiesOf = (draw: Draw, programs: SymmetricPrograms): readonly Property[] =>
  Array.from({ length: draw(4) }, (_, i): Property => {
    const [name, holds, more] = [`P${i}`, predicateOf(programs.test()), predicateOf(programs.test(1))]
    switch (draw(3)) {
      case 0:
        return { kind: 'always', name, holds, ...(draw(2) === 0 && { situation: more }) }
      case 1:
        return { kind: 'sometimes', name, holds }
      default:
        return { kind: 'alwaysPossible', name, holds, ...(draw(2) === 0 && { whenever: more }) }
    }
  })

const listenersOf = (draw: Draw, families: Families): readonly Property[] =>
  Array.from({ length: draw(3) }, (_, i) => {
    const memory = drawMemory(draw, families)
    const programs = new SymmetricPrograms(draw, families, memory)
    const [program, test, arises, amount] = [
      programs.program(2),
      programs.test(),
      programs.test(1),
      programs.amount(),
    ]
    const sceneOf = (s: object, event: object): Scene => {
      const { who, n } = event as { who: string; n: number }
      return { s, f: who === NOBODY ? [] : [who], h: [], index: n }
    }
    if (draw(2) === 0)
      return {
        kind: 'monitor',
        name: `M${i}`,
        memory,
        on: {
          Ping(m: object, event: object, judge: Judge) {
            if (arises(sceneOf(m, event))) judge.arose()
            program(sceneOf(m, event))
            if (test(sceneOf(m, event))) judge.violated()
          },
        },
      } satisfies Monitor
    return {
      kind: 'measure',
      name: `C${i}`,
      unit: 'pings',
      memory,
      on: {
        Ping(m: object, event: object, meter: Meter) {
          program(sceneOf(m, event))
          if (test(sceneOf(m, event))) meter.reads(amount(sceneOf(m, event)) / 2)
        },
      },
    } satisfies Measure
  })
