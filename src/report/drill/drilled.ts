/** What is reported of a drill. */
import type { Driven } from '../../drill/drive.ts'
import type { CaptureWord, Explained, Judgement } from '../../drill/judge.ts'
import type { Plan } from '../../drill/plan.ts'
import type { Trace } from '../../search/engine/path.ts'
import type { Caption } from '../trace/caption.ts'

export interface Drilled {
  readonly trace: Trace
  readonly caption: Caption
  /** What the trace shows, in words. */
  readonly sentence: string
  readonly plan: Plan
  readonly judgement: Judgement
  /** Absent where nothing was driven. */
  readonly driven?: Driven
  readonly words: readonly CaptureWord[]
  readonly explained?: Explained
  /** The captures that were kept, by name. */
  readonly captures: Readonly<Record<string, string>>
  readonly seconds: number
}

/** Several drills of one counterexample, in the order in which they were run. */
export interface Repeated {
  readonly runs: readonly Drilled[]
}

/** The verdict of most runs; of as many the first. `steady`: it was that of all. */
export const verdictOf = ({ runs }: Repeated) => {
  const counts = new Map<string, number>()
  for (const { judgement } of runs) counts.set(judgement.verdict, (counts.get(judgement.verdict) ?? 0) + 1)
  const most = Math.max(...counts.values())
  const run = runs.find(({ judgement }) => counts.get(judgement.verdict) === most)!
  return { run, verdict: run.judgement.verdict, count: most, steady: most === runs.length }
}
