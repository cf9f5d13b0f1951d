/**
 * A doom is none that a bound makes: with every bound of work and room raised by one and by two, what was doomed still is,
 * for nothing that follows makes it possible again. All of the matrix with `CLUSTERCHECK_ALL_BOUNDS=1`.
 *
 * Bounds of faults are left alone: another crash or handover can put a member in charge that knows better.
 */
import { describe, expect, it } from 'vitest'
import { FAULT } from '../model/constants/faults.ts'
import { EXTENSIONS } from '../model/extensions/index.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { Model } from '../src/modelling/model.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check, NO_LIMITS } from '../src/search/breadth-first.ts'
import type { Path } from '../src/search/engine/outcome.ts'
import { replay } from '../src/search/engine/path.ts'
import { shownIn } from '../src/state/plain/instances.ts'
import { plainInterpreter } from '../src/state/plain/interpreter.ts'
import type { PlainState } from '../src/state/plain/plain-state.ts'
import { show } from '../src/state/print.ts'
import { declarationsOf } from './declared/index.ts'
import { searchOf } from './mutations/mutation.ts'
import { raisedOf } from './stability.ts'
import { trialsOf } from './validation/trials.ts'

const ALL = process.env.CLUSTERCHECK_ALL_BOUNDS === '1'
const DOOMS = ['LIV-1c', 'LIV-1p', 'REC-1']
const FAULTS: readonly string[] = [...FAULT, 'synchLosses', 'members', 'attacker']
/** States after which it is left open whether a doom is one. */
const MOST = ALL ? 20_000 : 1_500

/** What became of a doom in another model: there is no such run; it is one, or it is none; or there is too much to see. */
type Fate = 'no such run' | 'doomed' | 'alive' | 'open'

/** Takes the steps of a path in a model with other bounds, and follows all that can happen then. */
const fateIn = (of: Model, path: Path, label: string, other: Model): Fate => {
  const run = plainInterpreter(other)
  const start = run.initial.find((instance) => run.enabled(run.zero, instance))!
  let state = run.step(run.zero, start).state
  for (const { instance, events } of replay(of, path).steps.slice(1)) {
    const told = JSON.stringify(events)
    const next = run.instances
      .filter((one) => run.enabled(state, one) && shownIn(one, state).text === instance.text)
      .map((one) => run.step(state, one))
      .find((step) => JSON.stringify(step.events) === told)
    if (!next) return 'no such run'
    state = next.state
  }
  const property = other.properties.find((p) => labelOf(p) === label)!
  if (property.kind !== 'alwaysPossible') throw new Error(`${label} is no doom.`)
  const keyOf = ({ model }: PlainState): string => show(other.state, model)
  const seen = new Map([[keyOf(state), state]])
  for (const reached of seen.values()) {
    if (property.holds(reached.model)) return 'alive'
    if (seen.size > MOST) return 'open'
    for (const instance of run.instances) {
      if (!run.enabled(reached, instance)) continue
      const { state: after } = run.step(reached, instance)
      seen.set(keyOf(after), seen.get(keyOf(after)) ?? after)
    }
  }
  return 'doomed'
}

/** A scheme, a search, and what is doomed in it. */
const SAMPLE = [
  ['told-before', 'own-briefly', 'LIV-1c'],
  ['told-before-in-order', 'peer-briefly', 'LIV-1p'],
  ['told-before', 'peer-briefly', 'LIV-1p'],
] as const

const everything = SCHEMES.flatMap(({ name, judgedBy }) =>
  DOOMS.filter((label) => declarationsOf('default')[name]?.verdicts[label] === 'violated').flatMap((label) =>
    judgedBy.map((focus) => [name, focus, label] as const),
  ),
)

describe('a doom of the matrix', () => {
  it.each(ALL ? everything : SAMPLE)(
    'of %s in %s is one with every bound of work raised: %s',
    async (scheme, focus, label) => {
      const search = searchOf(scheme, focus)
      const property = search.properties.find((p) => labelOf(p) === label)
      const of = (await check(search)).judgements.find((one) => one.property === property?.name)
      if (of?.verdict !== 'violated') {
        expect(ALL).toBe(true)
        return
      }
      const raised = [1, 2]
        .flatMap((by) => raisedOf(scheme, 'default', by, [label]))
        .filter((one) => one.search === focus && !FAULTS.includes(one.bound))
      const fates = raised.map(
        (one) => [one.bound, one.to, fateIn(search, of.path!, label, one.focus.model)] as const,
      )
      expect(fates.length).toBeGreaterThan(0)
      expect(fates.filter(([, , fate]) => fate === 'alive' || fate === 'no such run')).toEqual([])
      if (!ALL) expect(fates.map(([, , fate]) => fate)).toContain('doomed')
    },
    3_600_000,
  )
})

describe('a doom of an extension', () => {
  const modelOf = (name: string, given: object, search: string, slack: number): Model => {
    const extension = EXTENSIONS.find((one) => one.name === name)!
    const defaults = Object.entries(extension.parameters).map(([key, values]) => [key, values[0]!])
    return trialsOf({
      used: [{ extension, parameters: { ...Object.fromEntries(defaults), ...given }, slack }],
      schemes: SCHEMES.filter((scheme) => scheme.name === extension.schemes[0]),
      scope: 'small',
      attackers: ['A0'],
    }).find((trial) => trial.variant === 'with' && trial.search === search)!.model
  }

  it.each([
    ['two-cluster-sync', { responses: 'again' }, 'both-fail-over', 'SYNC-2'],
    ['message-id-sync', { retry: 'same', cached: false }, 'sync-replayed-own', 'LIV-1c'],
    ['message-id-sync', { resends: 'retained' }, 'sync-replayed', 'LIV-1p'],
  ] as const)('%s %j in %s is one with every bound raised: %s', async (name, given, search, label) => {
    const model = modelOf(name, given, search, 0)
    const { judgements } = await check(model, { limits: NO_LIMITS })
    const property = model.properties.find((p) => labelOf(p) === label)!
    const { path } = judgements.find((one) => one.property === property.name)!
    for (const slack of [1, 2])
      expect(fateIn(model, path!, label, modelOf(name, given, search, slack))).not.toMatch(/alive|run/)
  })
})
