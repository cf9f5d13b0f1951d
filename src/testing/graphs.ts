/** Models whose orbits others have counted: mostly graphs on some nodes, of which orbits are those up to isomorphism. */
import { actionsOn, bag, bool, each, id, type Model, model, range, record, setOf } from '../index.ts'

export const nodes = (stem: string, n: number): readonly string[] =>
  Array.from({ length: n }, (_, i) => `${stem}${i}`)

/** Undirected graphs without loops, as sets of neighbours. */
export const graphs = (n: number): Model => {
  const node = nodes('v', n)
  const state = record({ node: each(node, record({ next: setOf(node) })) })
  const action = actionsOn<typeof state>()
  return model(`Graphs on ${n} nodes`, {
    state,
    actions: [
      action('Join', {
        choose: { a: node, b: node },
        guard: (s, { a, b }) => a !== b && !s.node[a]!.next.has(b),
        effect: (d, { a, b }) => {
          d.node[a]!.next.add(b)
          d.node[b]!.next.add(a)
        },
      }),
    ],
  })
}

/** Directed graphs without loops, as a matrix. */
export const digraphs = (n: number): Model => {
  const node = nodes('v', n)
  const state = record({ arc: each(node, each(node, record({ is: bool }))) })
  const action = actionsOn<typeof state>()
  return model(`Directed graphs on ${n} nodes`, {
    state,
    actions: [
      action('Join', {
        choose: { a: node, b: node },
        guard: (s, { a, b }) => a !== b && !s.arc[a]![b]!.is,
        effect: (d, { a, b }) => {
          d.arc[a]![b]!.is = true
        },
      }),
    ],
  })
}

/** Partial functions of the nodes to themselves, as ids. */
export const partialFunctions = (n: number): Model => {
  const node = nodes('v', n)
  const state = record({ node: each(node, record({ to: id(node, 'none') })) })
  const action = actionsOn<typeof state>()
  return model(`Partial functions on ${n} nodes`, {
    state,
    actions: [
      action('Send', {
        choose: { a: node, b: node },
        guard: (s, { a }) => s.node[a]!.to === 'none',
        effect: (d, { a, b }) => {
          d.node[a]!.to = b
        },
      }),
    ],
  })
}

/** Binary matrices whose rows and columns are two families. */
export const matrices = (n: number): Model => {
  const [row, column] = [nodes('r', n), nodes('c', n)]
  const state = record({ row: each(row, record({ ones: setOf(column) })) })
  const action = actionsOn<typeof state>()
  return model(`Matrices of size ${n}`, {
    state,
    actions: [
      action('Set', {
        choose: { r: row, c: column },
        effect: (d, { r, c }) => {
          d.row[r]!.ones.add(c)
        },
      }),
    ],
  })
}

/** Relations, which are directed graphs with loops, as sets of arcs. */
export const relations = (n: number): Model => {
  const node = nodes('v', n)
  const state = record({ arcs: setOf(record({ from: id(node), to: id(node) })) })
  const action = actionsOn<typeof state>()
  return model(`Relations on ${n} nodes`, {
    state,
    actions: [
      action('Add', {
        choose: { from: node, to: node },
        guard: (s, { from, to }) => !s.arcs.has({ from, to }),
        effect: (d, { from, to }) => {
          d.arcs.add({ from, to })
        },
      }),
    ],
  })
}

/** Bags of at most `arcs` arcs, loops and parallel arcs among them. */
export const bagsOfArcs = (n: number, arcs: number): Model => {
  const node = nodes('v', n)
  const state = record({ arcs: bag(record({ from: id(node), to: id(node) }), arcs) })
  const action = actionsOn<typeof state>()
  return model(`Bags of ${arcs} arcs on ${n} nodes`, {
    state,
    actions: [
      action('Add', {
        choose: { from: node, to: node },
        guard: (s) => s.arcs.length < arcs,
        effect: (d, { from, to }) => {
          d.arcs.add({ from, to })
        },
      }),
    ],
  })
}

/** Multisets of `n` pairs of bits, in records that take more than one word each. */
export const pairsOfBits = (n: number): Model => {
  const node = nodes('v', n)
  const wide = range(0, 2 ** 29)
  const state = record({ node: each(node, record({ first: wide, second: wide })) })
  const action = actionsOn<typeof state>()
  return model(`Multisets of ${n} pairs of bits`, {
    state,
    actions: [
      action('Set', {
        choose: { a: node, field: ['first', 'second'] },
        effect: (d, { a, field }) => {
          d.node[a]![field] = 2 ** 29
        },
      }),
    ],
  })
}

/** The same pairs as records in one set, which takes more than one slot. */
export const pairsInASet = (n: number): Model => {
  const node = nodes('v', n)
  const state = record({ ones: setOf(record({ node: id(node), at: range(0, 15) })) })
  const action = actionsOn<typeof state>()
  return model(`Multisets of ${n} pairs of bits in a set`, {
    state,
    actions: [
      action('Set', {
        choose: { node, at: [0, 15] },
        effect: (d, { node, at }) => {
          d.ones.add({ node, at })
        },
      }),
    ],
  })
}
