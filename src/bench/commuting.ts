/**
 * `npm run commuting [-- STATES]`: what partial order reduction could save at best, on every search of the matrix with so
 * few states, whose whole graph is therefore known.
 *
 * Commuting groups: the enabled steps are grouped so that steps of different groups commute where they are, and the
 * smallest group is explored. No reduction explores less, but this may miss what comes later.
 *
 * Persistent sets (Godefroid 1996): nothing that can happen before a step of the set disables it or does not commute
 * with it, which is read off the graph and not from what actions declare: no static analysis finds smaller ones. Only
 * sets that show properties nothing are taken, and where all that they lead to was expanded before, every step is, lest
 * one be put off for ever (Bosnacki and Holzmann 2005). `alwaysPossible` needs more than that keeps, which is left out.
 */
import { matrixOf } from '../../properties/matrix.ts'
import type { Model } from '../modelling/model.ts'
import { isListener, isOverStates } from '../modelling/property.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { fixed, median } from './statistics.ts'

/** Where each instance leads from each state, by number; -1 where it is not enabled. */
interface Graph {
  readonly next: readonly Int32Array[]
  /** For each state the instances whose step shows a property something. */
  readonly visible: readonly ReadonlySet<number>[]
  readonly initial: readonly number[]
}

/** The instances to be explored in a state, of those that are enabled. */
type Reduce = (state: number, enabled: readonly number[]) => readonly number[]

/** The graph; undefined if it has more states than that. */
const graphOf = (model: Model, most: number): Graph | undefined => {
  const run = plainInterpreter(model)
  const tests = model.properties.flatMap((p) => (isOverStates(p) ? [p.holds] : []))
  const shows = ({ model: state }: PlainState): string => tests.map((holds) => holds(state)).join()
  const numbers = new Map<string, number>()
  const states: PlainState[] = []
  const numberOf = (state: PlainState): number => {
    const text = run.text(state)
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, states.length)
    return states.push(state) - 1
  }
  const initial = run.initial
    .filter((instance) => run.enabled(run.zero, instance))
    .map((instance) => numberOf(run.step(run.zero, instance).state))
  const next: Int32Array[] = []
  const visible: Set<number>[] = []
  for (let s = 0; s < states.length; s++) {
    if (states.length > most) return undefined
    const state = states[s]!
    const before = shows(state)
    const row = new Int32Array(run.instances.length).fill(-1)
    const seen = new Set<number>()
    run.instances.forEach((instance, i) => {
      if (!run.enabled(state, instance)) return
      const { state: after, violated, arose, readings } = run.step(state, instance)
      row[i] = numberOf(after)
      if (violated.size + arose.size + readings.size > 0 || before !== shows(after)) seen.add(i)
    })
    next.push(row)
    visible.push(seen)
  }
  return { next, visible, initial }
}

const enabledIn = ({ next }: Graph, state: number): readonly number[] =>
  [...next[state]!.keys()].filter((i) => next[state]![i] !== -1)

/** Whether two enabled instances commute in a state, and neither disables the other. */
const commute = ({ next }: Graph, state: number, a: number, b: number): boolean => {
  const row = next[state]!
  const after = next[row[a]!]![b]!
  return after !== -1 && after === next[row[b]!]![a]
}

const smallest = (
  graph: Graph,
  state: number,
  sets: readonly (readonly number[])[],
): readonly number[] | undefined =>
  sets.filter((set) => set.every((i) => !graph.visible[state]!.has(i))).sort((a, b) => a.length - b.length)[0]

const commutingGroup =
  (graph: Graph): Reduce =>
  (state, enabled) => {
    const groups: number[][] = []
    for (const i of enabled) {
      const tied = groups.filter((group) => group.some((other) => !commute(graph, state, i, other)))
      for (const group of tied) groups.splice(groups.indexOf(group), 1)
      groups.push([...tied.flat(), i])
    }
    return smallest(graph, state, groups) ?? enabled
  }

/** The persistent set that grows from one instance: what is in its way is added until nothing is. */
const persistentFrom = (graph: Graph, state: number, first: number): readonly number[] => {
  const set = new Set([first])
  /** By state that is reached without the set: the first instance on the way. */
  const reached = new Map<number, number>()
  const restart = () => {
    reached.clear()
    reached.set(state, -1)
  }
  restart()
  for (const [at, began] of reached)
    for (const i of enabledIn(graph, at)) {
      if (set.has(i)) continue
      if ([...set].some((own) => !commute(graph, at, i, own))) {
        set.add(at === state ? i : began)
        restart()
        break
      }
      const to = graph.next[at]![i]!
      if (!reached.has(to)) reached.set(to, at === state ? i : began)
    }
  return [...set]
}

const persistentSet =
  (graph: Graph): Reduce =>
  (state, enabled) =>
    smallest(
      graph,
      state,
      enabled.map((first) => persistentFrom(graph, state, first)),
    ) ?? enabled

/** The share of the states that are left; `proviso`: nothing is put off for ever. */
const shareOf = (graph: Graph, reduce: Reduce, proviso: boolean): number => {
  const reached = new Set(graph.initial)
  const expanded = new Set<number>()
  for (const state of reached) {
    expanded.add(state)
    const enabled = enabledIn(graph, state)
    const target = (i: number) => graph.next[state]![i]!
    const chosen = reduce(state, enabled)
    const goesOn = !proviso || chosen.some((i) => !expanded.has(target(i)))
    for (const i of goesOn ? chosen : enabled) reached.add(target(i))
  }
  return reached.size / graph.next.length
}

/** The model without what its monitors and measures remember. */
const unmonitored = (model: Model): Model => ({
  ...model,
  properties: model.properties.filter((p) => !isListener(p)),
})

const most = Number(process.argv[2] ?? 2000)
if (!Number.isInteger(most) || most < 1) {
  console.error(`The number of states is '${process.argv[2]}'; it must be a whole number from 1.`)
  process.exit(2)
}
const shares = new Map<string, number[][]>()
const seen = new Set<string>()
for (const suite of matrixOf('small').suites)
  for (const { key, name, model } of suite.focuses) {
    if (key !== undefined && seen.has(key)) continue
    if (key !== undefined) seen.add(key)
    const graph = graphOf(model, most)
    if (graph === undefined) continue
    const bare = graphOf(unmonitored(model), most)!
    const row = [
      shareOf(graph, commutingGroup(graph), false),
      shareOf(graph, persistentSet(graph), true),
      shareOf(bare, commutingGroup(bare), false),
      shareOf(bare, persistentSet(bare), true),
    ]
    shares.set(name, [...(shares.get(name) ?? []), row])
  }

const line = (name: string, searches: string, cells: readonly string[]): string =>
  [name.padEnd(20), searches.padStart(8), ...cells.map((cell) => cell.padStart(12))].join(' ')
const medians = (rows: readonly number[][]): readonly string[] =>
  [0, 1, 2, 3].map((column) => fixed(median(rows.map((row) => row[column]!))))
console.log('The share of the states that is left, in the median of the searches:')
console.log(line('', '', ['', '', 'without memories of', 'monitors']))
console.log(line('search', 'searches', ['commuting', 'persistent', 'commuting', 'persistent']))
for (const [name, rows] of shares) console.log(line(name, String(rows.length), medians(rows)))
const all = [...shares.values()].flat()
console.log(line('all', String(all.length), medians(all)))
