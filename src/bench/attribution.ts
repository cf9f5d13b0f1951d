/** Attributes the time of a thread of the main job to what it was spent for, by the functions on the stack of each sample. */

/** A file that `node --cpu-prof` writes, as far as it is read. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
    readonly children?: readonly number[]
  }[]
  /** The node of each sample, and the microseconds before it. */
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** What time is spent for, and the functions that tell so: names, and files by the end of their URL. */
interface Purpose {
  readonly purpose: string
  readonly functions?: RegExp
  readonly files?: RegExp
}

/** What is done as a whole: everything that is called meanwhile belongs to it. Of several the outermost decides. */
const PHASES: readonly Purpose[] = [
  { purpose: 'second runs', functions: /^endure$/ },
  { purpose: 'cross-check by the plain interpreter', functions: /^examine$/ },
  { purpose: 'audits', functions: /^(audit|auditInitial|auditOrbit)$/ },
  { purpose: 'paths with the fewest changes', files: /\/fewest-changes\.js$/ },
  { purpose: 'the graph of states', files: /\/(always-possible|fair-runs|reachability-graph)\.js$/ },
  { purpose: 'building and generating', functions: /^(modelOf|packedEngine|watched)$/ },
]

/** The parts of expanding states. Of all functions on a stack the innermost that one of these knows decides. */
const PARTS: readonly Purpose[] = [
  {
    purpose: 'second runs',
    files:
      /\/(second-runs|strict-runs|last-runs|runs-between|kept-states|run-comparison|event-text|strict-views|strict-collections|strict-calls|outside-world)\.js$/,
  },
  { purpose: 'guards', functions: /^(openIn|isOpen)$/ },
  { purpose: 'effects', functions: /^(changeOf|settle|canon)$/ },
  { purpose: 'tests of properties', functions: /^(judge|ask|answerOf)$/ },
  { purpose: 'table', functions: /^(resolve|bring|admit)$/, files: /\/table\.js$/ },
  { purpose: 'expanding', functions: /^(expand|act|take|successor|start)$/ },
]

/** What is on no such stack: reading modules, messages, what the program does between searches. */
const REST = 'starting and the rest'
const IDLE = 'idle'

/** The microseconds of a thread, by purpose; those in which it waited for something to happen are left out. */
export const purposesIn = ({ nodes, samples, timeDeltas }: CpuProfile): ReadonlyMap<string, number> => {
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const known = new Map<number, string>()
  const found = (node: number, purposes: readonly Purpose[]): string | undefined => {
    const { functionName, url } = frames.get(node)!
    return purposes.find(
      ({ functions, files }) => functions?.test(functionName) || (url !== '' && files?.test(url)),
    )?.purpose
  }
  const purposeOf = (node: number): string => {
    const { functionName } = frames.get(node)!
    if (functionName === '(garbage collector)') return 'garbage'
    if (functionName === '(idle)') return IDLE
    let part: string | undefined
    let phase: string | undefined
    for (let at: number | undefined = node; at !== undefined; at = parent.get(at)) {
      part ??= found(at, PARTS)
      phase = found(at, PHASES) ?? phase
    }
    return phase ?? part ?? REST
  }
  const times = new Map<string, number>()
  samples.forEach((node, i) => {
    const purpose = known.get(node) ?? purposeOf(node)
    known.set(node, purpose)
    if (purpose !== IDLE) times.set(purpose, (times.get(purpose) ?? 0) + timeDeltas[i]!)
  })
  return times
}
