/** Raises the bounds of searches and judges again what held: the work of `clustercheck stability`. */
import { labelOf } from '../../modelling/property.ts'
import { replay } from '../../search/engine/path.ts'
import type { Flip, Stability } from '../../search/stability.ts'
import type { ScopeName, Suite } from '../../search/suite.ts'
import { jobsOf, type Target, UNLIMITED } from '../targets/targets.ts'
import { type SearchingOptions, searched } from '../workers/search-run.ts'

/** What of one scheme is judged again. */
export interface Asked {
  readonly scheme: string
  /** Labels that are declared to hold. */
  readonly labels: readonly string[]
}

export interface StabilityOptions extends SearchingOptions {
  readonly scope: ScopeName
  /** By how much each bound is raised at the most. */
  readonly by: number
  /** Distinct states after which a search is cut. */
  readonly states: number
}

/** What was found of one scheme. */
export interface SchemeStability {
  readonly scheme: string
  readonly properties: readonly Stability[]
  /** The steps of the counterexample of the first flip, by label. */
  readonly traces: Readonly<Record<string, readonly string[]>>
}

/** What was found of all, and whether somebody pressed Ctrl-C. */
export interface StabilityFound {
  readonly schemes: readonly SchemeStability[]
  readonly interrupted: boolean
  readonly searches: number
  readonly seconds: number
}

interface Entry {
  readonly scheme: string
  readonly label: string
  readonly flip: Omit<Flip, 'steps'>
  readonly verdict: 'violated' | 'held' | 'undecided'
  readonly steps: number
  readonly trace: readonly string[]
}

/** Raises by one, then by two, and so on: what has fallen with a bound, or was not decided, is not tried higher. */
export const stabilityOf = async (
  asked: readonly Asked[],
  { scope, by, states, ...how }: StabilityOptions,
): Promise<StabilityFound> => {
  const { raisedOf } = await import('../../../properties/stability.ts')
  const entries: Entry[] = []
  const over = new Set<string>()
  const keyOf = (scheme: string, search: string, bound: string, label: string): string =>
    [scheme, search, bound, label].join('|')
  let interrupted = false
  let searches = 0
  let seconds = 0
  for (let step = 1; step <= by && !interrupted; step++) {
    const wanted = asked.map(({ scheme, labels }) => ({
      scheme,
      labels,
      raised: raisedOf(scheme, scope, step, labels).filter(({ focus, search, bound }) =>
        focus.model.properties.some((p) => !over.has(keyOf(scheme, search, bound, labelOf(p)))),
      ),
    }))
    const targets = wanted.map(({ scheme, labels, raised }): Target => {
      const suite: Suite = { name: scheme, about: '', focuses: raised.map(({ focus }) => focus) }
      return { name: scheme, suite, source: { kind: 'raised', name: scheme, scope, by: step, labels } }
    })
    const plan = jobsOf(targets, { ...UNLIMITED, limits: { ...UNLIMITED.limits, states } })
    const found = await searched(plan.jobs, how)
    interrupted = found.interrupted
    searches += plan.jobs.length
    seconds += found.run.seconds
    for (const { scheme, raised } of wanted)
      for (const { focus, search, bound, words, from, to } of raised) {
        const { judgements } = found.outcomes[plan.indexOf(focus)]!
        for (const { property, verdict, path } of judgements) {
          const label = labelOf(focus.model.properties.find((p) => p.name === property)!)
          const key = keyOf(scheme, search, bound, label)
          if (over.has(key)) continue
          const fell = verdict === 'violated'
          const judged = fell ? 'violated' : verdict === 'unknown' ? 'undecided' : 'held'
          if (judged !== 'held') over.add(key)
          entries.push({
            scheme,
            label,
            flip: { search, bound, words, from, to },
            verdict: judged,
            steps: fell ? path!.length - 1 : 0,
            trace: fell ? replay(focus.model, path!).steps.map(({ instance }) => instance.text) : [],
          })
        }
      }
  }
  return {
    schemes: asked.map(({ scheme, labels }) => schemeOf(scheme, labels, entries)),
    interrupted,
    searches,
    seconds,
  }
}

const schemeOf = (scheme: string, labels: readonly string[], entries: readonly Entry[]): SchemeStability => {
  const own = entries.filter((entry) => entry.scheme === scheme)
  const fallen = (label: string) =>
    own
      .filter((entry) => entry.label === label && entry.verdict === 'violated')
      .sort((a, b) => a.steps - b.steps)
  return {
    scheme,
    properties: labels.map((label): Stability => {
      const of = own.filter((entry) => entry.label === label)
      return {
        label,
        flips: fallen(label).map(({ flip, steps }) => ({ ...flip, steps })),
        undecided: of.filter(({ verdict }) => verdict === 'undecided').map(({ flip }) => flip),
        held: of.filter(({ verdict }) => verdict === 'held').length,
      }
    }),
    traces: Object.fromEntries(
      labels.flatMap((label) => {
        const [first] = fallen(label)
        return first ? [[label, first.trace]] : []
      }),
    ),
  }
}
