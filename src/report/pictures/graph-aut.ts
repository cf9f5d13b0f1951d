/** The graph of the reachable states in the Aldebaran format, which CADP and mCRL2 read. */
import { printable } from '../../modelling/printable.ts'
import type { Explored } from '../../search/reachability-graph.ts'

/** A label between double quotes, which it cannot contain. */
const quoted = (text: string): string => `"${printable(text).replaceAll('"', "'")}"`

/** Writes a complete graph. The format has one initial state: number 0 here, from which `init` leads to those of the model. */
export const autText = ({ states, steps }: Explored): string => {
  const first = states.flatMap(({ from }, i) => (from === undefined ? [i] : []))
  const lines = [
    ...first.map((to) => `(0, "init", ${to + 1})`),
    ...steps.map(({ from, to, text }) => `(${from + 1}, ${quoted(text)}, ${to + 1})`),
  ]
  return [`des (0, ${lines.length}, ${states.length + 1})`, ...lines, ''].join('\n')
}
