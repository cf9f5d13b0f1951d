/** Searches a row of the matrix when somebody asks for it, and says which cell has which trace. */
import { setImmediate } from 'node:timers/promises'
import { judgedCell } from '../../explore/matrix-of.ts'
import type { Model } from '../../modelling/model.ts'
import { labelOf } from '../../modelling/property.ts'
import { progressText } from '../../report/terminal/progress.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import { DEFAULT_SCOPE, type Focus, type ScopeName } from '../../search/suite.ts'
import { matrixIn } from '../targets/schemes.ts'
import { jobsOf, UNLIMITED } from '../targets/targets.ts'
import { outcomeOf, runSearches } from '../workers/search-pool.ts'
import { suitesOf } from '../workers/search-run.ts'
import type { Answers } from './answers.ts'
import { Refusal } from './problems.ts'
import type { Stream } from './server.ts'

/** Rows that are being searched, with what stops each. */
const running = new Map<string, () => void>()
/** Rows that are searched at one time. */
const MOST_ROWS = 2

/** What stops the search of a row. */
export const counterTo = (id: string): (() => void) | undefined => running.get(id)

/** Says which cells earlier searches have decided, row by row, as far as the cache knows them. */
export const found = async (
  scope: ScopeName | undefined,
  { places, cache, files }: Pick<Answers, 'places' | 'cache' | 'files'>,
  stream: Stream,
): Promise<void> => {
  if (!cache) return
  let isGone = false
  stream.onGone(() => {
    isGone = true
  })
  const { suites } = await matrixIn(scope ?? DEFAULT_SCOPE)
  for (const name of [...files, ...suites.map((suite) => suite.name)]) {
    // Others are answered between two rows.
    await setImmediate()
    if (isGone) return
    const whole = await places.target(name, files.includes(name) ? undefined : scope)
    const plan = jobsOf([whole], UNLIMITED)
    await cache.prepare(plan.jobs)
    const known = plan.jobs.map((job) => {
      const data = cache.find(job)
      return data && outcomeOf(data, job)
    })
    const isKnown = (focus: Focus): boolean => known[plan.indexOf(focus)] !== undefined
    const { focuses } = whole.suite
    const open = new Set(focuses.filter((focus) => !isKnown(focus)).flatMap(({ model }) => labelsIn(model)))
    // A property is decided when every search that judges it is known.
    const decided = focuses.filter(
      (focus) => isKnown(focus) && labelsIn(focus.model).some((l) => !open.has(l)),
    )
    if (decided.length === 0) continue
    const target = { ...whole, suite: { ...whole.suite, focuses: decided } }
    // Only what is known is asked for.
    const [judged] = suitesOf([target], plan, known as readonly Outcome[])
    const cells = judged!.properties.filter(({ verdict }) => !open.has(verdict.label)).map(judgedCell)
    stream.say({ kind: 'judged', target: name, cells })
  }
}

const labelsIn = ({ properties }: Model): readonly string[] => properties.map(labelOf)

/** Searches a target, or what decides one of its cells, and tells what was found. Throws `Refusal`, `ModelFault` or `SearchDied`. */
export const judge = async (
  {
    target: name,
    scope,
    label: wanted,
  }: { readonly target: string; readonly scope: ScopeName | undefined; readonly label: string | undefined },
  id: string,
  { places, bytes, cache }: Pick<Answers, 'places' | 'bytes' | 'cache'>,
  stream: Stream,
): Promise<void> => {
  if (running.size >= MOST_ROWS)
    throw new Refusal(`${MOST_ROWS} rows are being searched; stop one of them first.`, 429)
  const whole = await places.target(name, scope)
  // What one property says, only the searches that judge it decide.
  const judging = ({ model }: Focus): boolean =>
    wanted === undefined || model.properties.some((p) => labelOf(p) === wanted)
  const target = { ...whole, suite: { ...whole.suite, focuses: whole.suite.focuses.filter(judging) } }
  const plan = jobsOf([target], { ...UNLIMITED, limits: { ...UNLIMITED.limits, bytes } })
  await cache?.prepare(plan.jobs)
  const run = runSearches(plan.jobs, {
    workers: 1,
    onProgress: (progress) => stream.say({ kind: 'progress', text: progressText(progress) }),
    onOutcome: (index, outcome) => cache?.keep(plan.jobs[index]!, outcome),
    onWarning: (text) => stream.say({ kind: 'progress', text }),
  })
  running.set(id, () => run.interrupt())
  stream.onGone(() => run.abandon())
  try {
    const [judged] = suitesOf([target], plan, await run.outcomes)
    const decided = judged!.properties.filter(
      ({ verdict }) => wanted === undefined || verdict.label === wanted,
    )
    stream.say({ kind: 'judged', target: name, cells: decided.map(judgedCell) })
  } finally {
    running.delete(id)
  }
}
