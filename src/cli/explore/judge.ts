/** Searches a row of the matrix when somebody asks for it, and says which cell has which trace. */
import { judgedCell } from '../../explore/matrix-of.ts'
import { labelOf } from '../../modelling/property.ts'
import { progressText } from '../../report/terminal/progress.ts'
import type { Focus, ScopeName } from '../../search/suite.ts'
import { jobsOf, UNLIMITED } from '../targets/targets.ts'
import { runSearches } from '../workers/search-pool.ts'
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

/** Searches a target, or what decides one of its cells, and tells what was found. Throws `Refusal`, `ModelFault` or `SearchDied`. */
export const judge = async (
  {
    target: name,
    scope,
    label: wanted,
  }: { readonly target: string; readonly scope: ScopeName | undefined; readonly label: string | undefined },
  id: string,
  { places, bytes }: Pick<Answers, 'places' | 'bytes'>,
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
  const run = runSearches(plan.jobs, {
    workers: 1,
    onProgress: (progress) => stream.say({ kind: 'progress', text: progressText(progress) }),
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
