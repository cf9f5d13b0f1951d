/**
 * What can still be seen, on the plain interpreter: the definition of the goals of `refines`. A model has lost a goal when it
 * can show it no more and the specification still can, wherever it is after what was seen.
 */
import { ModelFault, quote } from '../../modelling/fault.ts'
import type { Refines } from '../../modelling/property.ts'
import { isThenable } from '../../modelling/thenable.ts'
import type { Watched, Watching } from './watching.ts'

/** The goal that a text is. Throws `ModelFault`. */
export const goalOf = ({ name, goals }: Refines, text: string): string | undefined => {
  const goal = goals?.(text)
  if (goal === undefined || typeof goal === 'string') return goal
  if (isThenable(goal))
    throw new ModelFault({ problem: `The goals of ${name} are asynchronous; a goal is what they return.` })
  throw new ModelFault({
    problem: `The goal of ${name} for ${quote(text)} is ${quote(goal)}; expected a text, or undefined for what is no goal.`,
  })
}

/** The goals among some texts. */
export const goalsOf = (p: Refines, texts: readonly string[]): Set<string> =>
  new Set(texts.map((text) => goalOf(p, text)).filter((goal) => goal !== undefined))

/** The goals that can be seen from somewhere on. Undefined: there are more than `most` states to look at. */
export const aheadIn = (watch: Watching, p: Refines, most = Infinity) => {
  const known = new Map<string, ReadonlySet<string> | undefined>()
  const next = new Map<string, ReturnType<Watching['next']>>()
  const stepsOf = (text: string, at: Watched) => {
    const steps = next.get(text) ?? watch.next(at)
    next.set(text, steps)
    return steps
  }
  const found = (from: Watched): ReadonlySet<string> | undefined => {
    const goals = new Set<string>()
    const met = new Map([[watch.text(from), from]])
    for (const [text, at] of met) {
      if (next.size >= most && !next.has(text)) return undefined
      for (const { to, seen } of stepsOf(text, at)) {
        met.set(watch.text(to), to)
        for (const goal of goalsOf(p, seen)) goals.add(goal)
      }
    }
    return goals
  }
  return (from: Watched): ReadonlySet<string> | undefined => {
    const text = watch.text(from)
    if (!known.has(text)) known.set(text, found(from))
    return known.get(text)
  }
}
