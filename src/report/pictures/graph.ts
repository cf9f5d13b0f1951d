/** The graph of the reachable states as DOT for Graphviz's `dot`: every state, or classes of states by some variables. */
import type { Model } from '../../modelling/model.ts'
import { isListener, labelOf } from '../../modelling/property.ts'
import type { Explored, ExploredStep } from '../../search/reachability-graph.ts'
import { changesBetween, leavesOf } from '../../state/print.ts'
import { escaped, quoted } from './drawing.ts'
import { asciiOf, wrapped } from './text-width.ts'
import type { Palette } from './theme.ts'

const FONT = 10
const WIDTH = 220
/** Lines of a label, and texts at an arrow. */
const MOST_LINES = 8
const MOST_TEXTS = 3

/** A node of the picture: a state, or a class of them. */
interface Node {
  readonly lines: readonly string[]
  readonly isInitial: boolean
  /** Labels of the properties that are false here. */
  readonly violated: readonly string[]
}

/** Arrows between two nodes. */
interface Bundle {
  readonly from: number
  readonly to: number
  readonly texts: ReadonlySet<string>
  readonly violates: boolean
}

/** A graph to draw. */
export interface Graph {
  readonly nodes: readonly Node[]
  readonly bundles: readonly Bundle[]
}

/** The variables of a model, by name. */
export const variablesOf = (model: Model, { states }: Explored): readonly string[] =>
  states[0] ? leavesOf(model.state, states[0].state.model).map(([path]) => path) : []

/** Every state; a node says what is other than in the state from which it was first reached. */
export const stateGraph = (model: Model, explored: Explored): Graph => ({
  nodes: explored.states.map(({ state, from }, number) => {
    const before = from === undefined ? undefined : explored.states[from]!.state.model
    const news =
      before === undefined
        ? ['initial state']
        : changesBetween(model.state, before, state.model).map(({ path, after }) => `${path} = ${after}`)
    return {
      lines: [`${number}`, ...(news.length === 0 ? ['only monitors changed'] : news)],
      isInitial: from === undefined,
      violated: violatedIn(model, state.model),
    }
  }),
  bundles: bundlesOf(
    explored.steps,
    (state) => state,
    ({ text }) => text,
  ),
})

/** A node for each combination of values of `variables`; steps within one are left out. */
export const quotientGraph = (model: Model, explored: Explored, variables: readonly string[]): Graph => {
  const classes = new Map<
    string,
    { lines: readonly string[]; isInitial: boolean; violated: Set<string>; size: number }
  >()
  const classOf: number[] = []
  for (const { state, from } of explored.states) {
    const values = leavesOf(model.state, state.model).filter(([path]) => variables.includes(path))
    const lines = values.map(([path, value]) => `${path} = ${value}`)
    const key = lines.join('\n')
    const known = classes.get(key) ?? { lines, isInitial: false, violated: new Set<string>(), size: 0 }
    classes.set(key, known)
    known.size += 1
    known.isInitial ||= from === undefined
    for (const label of violatedIn(model, state.model)) known.violated.add(label)
    classOf.push([...classes.keys()].indexOf(key))
  }
  return {
    nodes: [...classes.values()].map(({ lines, isInitial, violated, size }) => ({
      lines: [...lines, `${size} ${size === 1 ? 'state' : 'states'}`],
      isInitial,
      violated: [...violated],
    })),
    bundles: bundlesOf(
      explored.steps,
      (state) => classOf[state]!,
      ({ action }) => action,
    ).filter(({ from, to }) => from !== to),
  }
}

const violatedIn = ({ properties }: Model, state: object): readonly string[] =>
  properties.flatMap((p) => (!isListener(p) && p.kind === 'always' && !p.holds(state) ? [labelOf(p)] : []))

const bundlesOf = (
  steps: readonly ExploredStep[],
  nodeOf: (state: number) => number,
  textOf: (step: ExploredStep) => string,
): readonly Bundle[] => {
  const bundles = new Map<string, { from: number; to: number; texts: Set<string>; violates: boolean }>()
  for (const step of steps) {
    const [from, to] = [nodeOf(step.from), nodeOf(step.to)]
    const bundle = bundles.get(`${from} ${to}`) ?? { from, to, texts: new Set<string>(), violates: false }
    bundles.set(`${from} ${to}`, bundle)
    bundle.texts.add(textOf(step))
    bundle.violates ||= step.violated.length > 0
  }
  return [...bundles.values()]
}

/** Writes a graph as DOT; `title` stands below it. */
export const graphDot = ({ nodes, bundles }: Graph, title: string, colour: Palette): string => {
  const label = (texts: readonly string[], most: number): string => {
    const lines = texts.flatMap((text) => wrapped(text, WIDTH, FONT))
    const cut =
      lines.length > most ? [...lines.slice(0, most), `and ${lines.length - most} more lines`] : lines
    return cut.map((line) => `${escaped(asciiOf(line))}\\l`).join('')
  }
  return [
    'digraph {',
    `  graph [bgcolor="${colour.paper}", pad=0.25, nodesep=0.3, ranksep=0.5, fontname="Helvetica", fontsize=12, fontcolor="${colour.quiet}", label=${quoted(asciiOf(title))}]`,
    `  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=${FONT}, margin="0.1,0.06", color="${colour.lane}", fillcolor="${colour.head}", fontcolor="${colour.ink}"]`,
    `  edge [fontname="Helvetica", fontsize=9, arrowsize=0.7, color="${colour.quiet}", fontcolor="${colour.quiet}"]`,
    ...nodes.map(({ lines, isInitial, violated }, i) => {
      const look = [
        `label="${label([...lines, ...violated.map((name) => `violates ${name}`)], MOST_LINES)}"`,
        ...(isInitial ? ['peripheries=2'] : []),
        ...(violated.length > 0
          ? [`color="${colour.violated}"`, `fillcolor="${colour.violatedTint}"`, 'penwidth=2']
          : []),
      ]
      return `  n${i} [${look.join(', ')}]`
    }),
    ...bundles.map(({ from, to, texts, violates }) => {
      const look = [
        `label="${label([...texts], MOST_TEXTS)}"`,
        ...(violates ? [`color="${colour.violated}"`, `fontcolor="${colour.violated}"`, 'penwidth=2.2'] : []),
      ]
      return `  n${from} -> n${to} [${look.join(', ')}]`
    }),
    '}',
    '',
  ].join('\n')
}
