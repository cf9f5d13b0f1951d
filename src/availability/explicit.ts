/**
 * Chains as files that other tools read: the explicit format of PRISM (states, transitions, labels), which Storm reads
 * too with another first line.
 */
import type { Chain } from './solve.ts'

export interface ExplicitFiles {
  /** `.sta`: the number of each state. */
  readonly sta: string
  /** `.tra`: a line for each transition, `from to rate`. */
  readonly tra: string
  /** `.lab`: what is true in a state. */
  readonly lab: string
}

/** Labels of states by name. */
export type StateLabels = { readonly [label: string]: (state: number) => boolean }

/** Rates of steps between the same two states are added; steps that never happen are left out. */
const transitionsOf = ({
  states,
  first,
  target,
  rate,
}: Chain): readonly (readonly [number, number, number])[] => {
  const lines: [number, number, number][] = []
  for (let s = 0; s < states; s++) {
    const sums = new Map<number, number>()
    for (let e = first[s]!; e < first[s + 1]!; e++)
      if (rate[e]! > 0 && target[e] !== s) sums.set(target[e]!, (sums.get(target[e]!) ?? 0) + rate[e]!)
    for (const [t, sum] of [...sums].sort(([a], [b]) => a - b)) lines.push([s, t, sum])
  }
  return lines
}

/** For PRISM: `prism -ctmc -importmodel name.sta,tra,lab`. State 0 is the initial one. */
export const prismFiles = (chain: Chain, labels: StateLabels): ExplicitFiles => {
  const lines = transitionsOf(chain)
  const names = ['init', 'deadlock', ...Object.keys(labels)]
  const numbered: string[] = []
  for (let s = 0; s < chain.states; s++) {
    const marks = Object.values(labels).flatMap((has, i) => (has(s) ? [i + 2] : []))
    if (s === 0) marks.unshift(0)
    if (marks.length > 0) numbered.push(`${s}: ${marks.join(' ')}`)
  }
  return {
    sta: ['(s)', ...Array.from({ length: chain.states }, (_, s) => `${s}:(${s})`), ''].join('\n'),
    tra: [`${chain.states} ${lines.length}`, ...lines.map((line) => line.join(' ')), ''].join('\n'),
    lab: [names.map((name, i) => `${i}="${name}"`).join(' '), ...numbered, ''].join('\n'),
  }
}

/** For Storm: `storm --explicit name.tra name.lab`. */
export const stormFiles = (chain: Chain, labels: StateLabels): Omit<ExplicitFiles, 'sta'> => {
  const marked: string[] = []
  for (let s = 0; s < chain.states; s++) {
    const marks = Object.entries(labels).flatMap(([name, has]) => (has(s) ? [name] : []))
    if (s === 0) marks.unshift('init')
    if (marks.length > 0) marked.push(`${s} ${marks.join(' ')}`)
  }
  return {
    tra: ['ctmc', ...transitionsOf(chain).map((line) => line.join(' ')), ''].join('\n'),
    lab: ['#DECLARATION', ['init', ...Object.keys(labels)].join(' '), '#END', ...marked, ''].join('\n'),
  }
}

/** Reads what `prismFiles` writes. */
export const readPrism = ({
  tra,
  lab,
}: ExplicitFiles): { readonly chain: Chain; readonly labels: ReadonlyMap<string, ReadonlySet<number>> } => {
  const [head = '', ...lines] = tra.trimEnd().split('\n')
  const [states = 0, count = 0] = head.split(' ').map(Number)
  const first = new Uint32Array(states + 1)
  const target = new Int32Array(count)
  const rate = new Float64Array(count)
  lines.forEach((line, e) => {
    const [from = 0, to = 0, value = 0] = line.split(' ').map(Number)
    first[from + 1]! += 1
    target[e] = to
    rate[e] = value
  })
  for (let s = 0; s < states; s++) first[s + 1]! += first[s]!
  const [declared = '', ...marks] = lab.trimEnd().split('\n')
  const names = [...declared.matchAll(/(\d+)="([^"]+)"/g)].map(([, , name]) => name!)
  const labels = new Map(names.map((name) => [name, new Set<number>()]))
  for (const line of marks) {
    const [state = '', numbers = ''] = line.split(': ')
    for (const n of numbers.split(' ')) labels.get(names[Number(n)]!)!.add(Number(state))
  }
  return { chain: { states, first, target, rate }, labels }
}
