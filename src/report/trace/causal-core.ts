/**
 * The causal core of a trace: the steps on which its end depends, found by walking back from
 * what the end read over the variables that steps read and wrote. A step counts twice over: by what it did to the
 * model, and by what a monitor noted of it, for the second is of interest to that monitor only.
 *
 * What is read of a number of elements came from the steps that brought those which are there; one that removed
 * another matters only if the step that had brought it does.
 */
import type { StepRecord } from '../../state/plain/recording.ts'

/** What a step is to the end of a trace. */
export type Part = 'source' | 'enabler' | 'outside'

/** What the end of a trace read: of the model, and of the memory of its monitor. */
export interface Roots {
  /** Values that went into what the end is. */
  readonly values: ReadonlySet<string>
  /** What only allowed it. */
  readonly conditions: ReadonlySet<string>
  readonly memory: ReadonlySet<string>
}

/** For each step: whether values of the end came from it, whether it made the end possible, or neither. */
export const partsOf = (records: readonly StepRecord[], roots: Roots): readonly Part[] => {
  const model = writersOf(records.map(({ writes }) => writes))
  const memory = writersOf(records.map(({ memoryWrites }) => memoryWrites))
  const core = walkBack(records, model, memory, roots, true)
  const sources = walkBack(records, model, memory, { ...roots, conditions: new Set() }, false)
  return records.map((_, step) =>
    sources.has(step) ? 'source' : core.has(step) || step === 0 ? 'enabler' : 'outside',
  )
}

/** By variable: the steps that wrote it, ascending. */
type Writers = ReadonlyMap<string, readonly number[]>

const writersOf = (writes: readonly ReadonlySet<string>[]): Writers => {
  const writers = new Map<string, number[]>()
  writes.forEach((variables, step) => {
    for (const variable of variables) writers.set(variable, [...(writers.get(variable) ?? []), step])
  })
  return writers
}

const latestBefore = (writers: Writers, variable: string, step: number): number | undefined =>
  writers.get(variable)?.findLast((writer) => writer < step)

const walkBack = (
  records: readonly StepRecord[],
  model: Writers,
  memory: Writers,
  roots: Roots,
  withGuards: boolean,
): ReadonlySet<number> => {
  const core = new Set<number>()
  const noted = new Set<number>()
  /** Counts that were read, and when: which removals matter is known at the end only. */
  const counts: (readonly [container: string, step: number])[] = []
  const waiting: number[] = []

  const enter = (step: number | undefined): void => {
    if (step === undefined || core.has(step)) return
    core.add(step)
    waiting.push(step)
  }
  const read = (variables: Iterable<string>, step: number): void => {
    for (const variable of variables)
      if (isCount(variable)) counts.push([elementsOf(variable), step])
      else enter(latestBefore(model, variable, step))
  }
  const recall = (variables: Iterable<string>, step: number): void => {
    for (const variable of variables) {
      const writers = isCount(variable)
        ? [...memory].flatMap(([name, steps]) => (name.startsWith(elementsOf(variable)) ? steps : []))
        : [latestBefore(memory, variable, step) ?? step]
      for (const writer of writers) {
        if (writer >= step || noted.has(writer)) continue
        noted.add(writer)
        enter(writer)
        recall(records[writer]!.memoryReads, writer)
      }
    }
  }
  const settle = (): void => {
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      const { guardReads, effectReads } = records[step]!
      read(effectReads, step)
      if (withGuards) read(guardReads, step)
    }
  }

  const end = records.length
  read(roots.values, end)
  read(roots.conditions, end)
  recall(roots.memory, end)
  if (end > 0) enter(end - 1)
  settle()
  // Each round adds a step or is the last.
  for (let size = -1; size !== core.size; ) {
    size = core.size
    for (const [container, step] of counts)
      for (const [variable, writers] of model) {
        if (!variable.startsWith(container)) continue
        const earlier = writers.filter((writer) => writer < step)
        const latest = earlier.pop()
        if (latest === undefined) continue
        const isGone = records[latest]!.removed.has(variable)
        if (!isGone || earlier.some((writer) => core.has(writer))) enter(latest)
      }
    settle()
  }
  return core
}

const COUNT = '%count'

/** How many elements there are, as `recording.ts` calls it. */
const isCount = (variable: string): boolean => variable.endsWith(COUNT) && !variable.includes('#')

/** How the variables of the elements begin that a count is about. */
const elementsOf = (variable: string): string => `${variable.slice(0, -COUNT.length)}#`
