/** Drives gateways along random walks of their scheme: where what they send is none of its behaviours, one is wrong. */
import fc from 'fast-check'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import type { Driven } from '../../drill/drive.ts'
import { differenceOf, type Explained } from '../../drill/judge.ts'
import { type Walk, walkModel, walkOf, walksOf } from '../../drill/walks.ts'
import type { Disagreement, Otherwise, Walked } from '../../report/drill/walks-text.ts'
import type { Path } from '../../search/engine/outcome.ts'
import { type DrillSettings, explainedBy, withGateways } from './run.ts'

export interface WalksSettings extends DrillSettings {
  readonly scheme: NamedScheme
  readonly walks: number
  readonly seed: number
  /** Seconds for shrinking one walk. */
  readonly shrinking: number
  readonly onWalk: (done: number) => void
}

/** Other disagreements are counted and not made small. */
const MOST_SHRUNK = 3

/** Drives, and shrinks the walks that are not explained. Throws what a drill throws. */
export const driveWalks = async (settings: WalksSettings): Promise<Walked> => {
  const { scheme, walks, seed } = settings
  const model = walkModel(scheme)
  const runs = walksOf(model).filter((run) => walkOf(model, scheme, run) !== undefined)
  const counts = { explained: 0, 'not explained': 0, unknown: 0, vacuous: 0 }
  let followed = 0
  let sameSas = 0
  let compared = 0
  let operations = 0
  let gateways = ''
  const otherwise = new Map<string, { count: number; readonly example: Otherwise['example'] }>()
  const stepsOf = (walk: Walk): readonly string[] => walk.trace.steps.map(({ instance }) => instance.text)
  const disagreements: Disagreement[] = []
  const note = (walk: Walk, what: string, sentence = what): void => {
    const known = otherwise.get(what) ?? { count: 0, example: { steps: stepsOf(walk), sentence } }
    otherwise.set(what, { ...known, count: known.count + 1 })
  }
  const drawn = fc.sample(runs, { seed, numRuns: walks })
  for (const [i, run] of drawn.entries()) {
    settings.onWalk(i)
    const walk = walkOf(model, scheme, run)!
    const { driven, explained } = await driveWalk(walk, settings)
    gateways = driven.gateways
    operations += driven.done.length
    counts[explained.verdict] += 1
    if (driven.deviation === undefined) {
      followed += 1
      const real = differenceOf(driven.sas, walk.plan)
      if (real) {
        const { ends } = walk.plan
        compared += 1
        const told = ({ onlyPeer, onlyMember }: Pick<typeof ends, 'onlyPeer' | 'onlyMember'>): string =>
          `${onlyPeer} of the peer only, ${onlyMember} of the member only`
        if (told(real) === told(ends)) sameSas += 1
        else note(walk, `child SAs at the end: ${told(real)}; in the model ${told(ends)}`)
      }
    } else note(walk, kindOf(driven), driven.deviation)
    if (explained.verdict !== 'not explained') continue
    const small = disagreements.length < MOST_SHRUNK ? await shrunk(walk, settings) : undefined
    disagreements.push({
      path: small?.path ?? walk.trace.path,
      steps: stepsOf(small?.walk ?? walk),
      isShrunk: small !== undefined,
      first: (small?.explained ?? explained).first ?? '',
    })
  }
  return {
    scheme: scheme.name,
    gateways,
    seed,
    walks: drawn.length,
    operations,
    counts,
    followed,
    sameSas,
    compared,
    otherwise: [...otherwise].map(([what, one]) => ({ what, ...one })),
    disagreements,
  }
}

/** At which kind of operation the gateways did something else. */
const kindOf = ({ done }: Driven): string => {
  const last = done.at(-1)!
  return last.text.replace(/\s+/g, ' ').replace(/\d+/g, 'n')
}

const driveWalk = (
  { plan }: Walk,
  settings: WalksSettings,
): Promise<{ readonly driven: Driven; readonly explained: Explained }> =>
  withGateways(
    plan,
    { scheme: settings.scheme.name, watchesLast: false, watchesPackets: false, probes: [] },
    settings,
    async (driven, captures) => ({
      driven,
      explained: (await explainedBy(settings.scheme, captures.senders))!,
    }),
  )

/** A smaller walk that is not explained either; fast-check leaves out steps as long as that is so. */
const shrunk = async (
  { trace }: Walk,
  settings: WalksSettings,
): Promise<{ readonly path: Path; readonly walk: Walk; readonly explained: Explained } | undefined> => {
  const { scheme, shrinking } = settings
  const model = walkModel(scheme)
  let smallest: { readonly path: Path; readonly walk: Walk; readonly explained: Explained } | undefined
  const runs = walksOf(model)
  await fc.check(
    fc.asyncProperty(runs, async (run) => {
      const walk = walkOf(model, scheme, run)
      if (!walk) return true
      const { explained } = await driveWalk(walk, settings)
      const isBad = explained.verdict === 'not explained'
      if (isBad && (!smallest || run.path.length < smallest.path.length))
        smallest = { path: run.path, walk, explained }
      return !isBad
    }),
    {
      examples: [[{ path: trace.path, shown: [], hopeless: [], stumbled: false }]],
      numRuns: 1,
      interruptAfterTimeLimit: shrinking * 1000,
    },
  )
  return smallest
}
