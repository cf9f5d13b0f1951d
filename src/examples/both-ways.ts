/**
 * Models from the literature, each written twice: with fixed choices, records and places (`before`), and with choices from the
 * state, channels of scalars and what goes through collections (`after`). Both have the states that are known of the model.
 */
import { actionsOn, bag, each, id, type Model, model, queue, range, record, setOf } from '../index.ts'
import { twoPhaseCommit } from './two-phase-commit.ts'
import { twoPhaseMessages } from './two-phase-messages.ts'

/** One model, both ways. */
export interface BothWays {
  readonly source: string
  readonly states: number
  readonly before: Model
  readonly after: Model
}

const PEG = ['left', 'middle', 'right'] as const
const DISCS = 5
const PLACES = Array.from({ length: DISCS }, (_, i) => i)

const hanoiBefore = (): Model => {
  const state = record({ peg: each(PEG, record({ discs: queue(record({ size: range(1, DISCS) }), DISCS) })) })
  const action = actionsOn<typeof state>()
  return model('Hanoi', {
    state,
    initial: (d) => {
      for (let size = 1; size <= DISCS; size++) d.peg.left.discs.push({ size })
    },
    actions: [
      action('Move', {
        choose: { from: PEG, to: PEG },
        guard: (s, { from, to }) => {
          const top = s.peg[from].discs.at(0)
          const below = s.peg[to].discs.at(0)
          return top !== undefined && from !== to && (below === undefined || top.size < below.size)
        },
        effect: (d, { from, to }) => {
          const { size } = d.peg[from].discs.shift()!
          const others: number[] = []
          while (d.peg[to].discs.length > 0) others.push(d.peg[to].discs.shift()!.size)
          for (const other of [size, ...others]) d.peg[to].discs.push({ size: other })
        },
      }),
    ],
  })
}

const hanoiAfter = (): Model => {
  const state = record({ peg: each(PEG, setOf(range(1, DISCS))) })
  const action = actionsOn<typeof state>()
  return model('Hanoi', {
    state,
    initial: (d) => {
      for (let size = 1; size <= DISCS; size++) d.peg.left.add(size)
    },
    actions: [
      action('Move', {
        choose: {
          from: PEG,
          to: PEG,
          disc: (s, { from }: { readonly from: (typeof PEG)[number] }) => s.peg[from],
        },
        guard: (s, { from, to, disc }) =>
          s.peg[from].every((other) => other >= disc) && s.peg[to].every((other) => other > disc),
        effect: (d, { from, to, disc }) => {
          d.peg[from].delete(disc)
          d.peg[to].add(disc)
        },
      }),
    ],
  })
}

const VALUES = [0, 1, 2] as const

const bufferBefore = (): Model => {
  const state = record({ line: queue(record({ value: range(0, 2) }), 4) })
  const action = actionsOn<typeof state>()
  return model('Bounded buffer', {
    state,
    actions: [
      action('Put', {
        choose: { value: VALUES },
        guard: (s) => s.line.length < 4,
        effect: (d, { value }) => d.line.push({ value }),
      }),
      action('Get', { guard: (s) => s.line.length > 0, effect: (d) => void d.line.shift() }),
    ],
  })
}

const bufferAfter = (): Model => {
  const state = record({ line: queue(range(0, 2), 4) })
  const action = actionsOn<typeof state>()
  return model('Bounded buffer', {
    state,
    actions: [
      action('Put', {
        choose: { value: VALUES },
        guard: (s) => s.line.length < 4,
        effect: (d, { value }) => d.line.push(value),
      }),
      action('Get', { guard: (s) => s.line.length > 0, effect: (d) => void d.line.shift() }),
    ],
  })
}

const NODE = ['n1', 'n2', 'n3', 'n4'] as const

const networkBefore = (): Model => {
  const state = record({ network: bag(record({ to: id(NODE) }), 3) })
  const action = actionsOn<typeof state>()
  return model('Network without order', {
    state,
    actions: [
      action('Send', {
        choose: { to: NODE },
        guard: (s) => s.network.length < 3,
        effect: (d, { to }) => d.network.add({ to }),
      }),
      action('Deliver', {
        choose: { slot: PLACES.slice(0, 3) },
        guard: (s, { slot }) => s.network.isFirstCopy(slot),
        effect: (d, { slot }) => d.network.remove(d.network.at(slot)!),
      }),
    ],
  })
}

const networkAfter = (): Model => {
  const state = record({ network: bag(id(NODE), 3) })
  const action = actionsOn<typeof state>()
  return model('Network without order', {
    state,
    actions: [
      action('Send', {
        choose: { to: NODE },
        guard: (s) => s.network.length < 3,
        effect: (d, { to }) => d.network.add(to),
      }),
      action('Deliver', { choose: { to: (s) => s.network }, effect: (d, { to }) => d.network.remove(to) }),
    ],
  })
}

const WHO = ['a', 'b', 'c', 'd', 'e'] as const

const readersBefore = (): Model => {
  const state = record({ reads: setOf(WHO), writes: setOf(WHO) })
  const action = actionsOn<typeof state>()
  return model('Readers and writers', {
    state,
    actions: [
      action('Read', {
        choose: { who: WHO },
        guard: (s, { who }) => s.writes.size === 0 && !s.reads.has(who),
        effect: (d, { who }) => d.reads.add(who),
      }),
      action('Write', {
        choose: { who: WHO },
        guard: (s) => s.writes.size === 0 && s.reads.size === 0,
        effect: (d, { who }) => d.writes.add(who),
      }),
      action('StopReading', {
        choose: { who: WHO },
        guard: (s, { who }) => s.reads.has(who),
        effect: (d, { who }) => void d.reads.delete(who),
      }),
      action('StopWriting', {
        choose: { who: WHO },
        guard: (s, { who }) => s.writes.has(who),
        effect: (d, { who }) => void d.writes.delete(who),
      }),
    ],
  })
}

const readersAfter = (): Model => {
  const state = record({ reads: setOf(WHO), writes: setOf(WHO) })
  const action = actionsOn<typeof state>()
  return model('Readers and writers', {
    state,
    actions: [
      action('Read', {
        choose: { who: WHO },
        guard: (s, { who }) => s.writes.size === 0 && !s.reads.has(who),
        effect: (d, { who }) => d.reads.add(who),
      }),
      action('Write', {
        choose: { who: WHO },
        guard: (s) => s.writes.size === 0 && s.reads.size === 0,
        effect: (d, { who }) => d.writes.add(who),
      }),
      action('StopReading', {
        choose: { who: (s) => s.reads },
        effect: (d, { who }) => void d.reads.delete(who),
      }),
      action('StopWriting', {
        choose: { who: (s) => s.writes },
        effect: (d, { who }) => void d.writes.delete(who),
      }),
    ],
  })
}

const ITEM = ['wolf', 'goat', 'cabbage'] as const
const EATS = [
  ['wolf', 'goat'],
  ['goat', 'cabbage'],
] as const

const riverBefore = (): Model => {
  const state = record({ farmer: range(0, 1), at: each(ITEM, record({ bank: range(0, 1) })) })
  const action = actionsOn<typeof state>()
  return model('Wolf, goat and cabbage', {
    state,
    actions: [
      action('Cross', {
        choose: { item: [...ITEM, 'nothing'] },
        guard: (s, { item }) => {
          if (item !== 'nothing' && s.at[item].bank !== s.farmer) return false
          for (const [eater, eaten] of EATS)
            if (
              eater !== item &&
              eaten !== item &&
              s.at[eater].bank === s.farmer &&
              s.at[eaten].bank === s.farmer
            )
              return false
          return true
        },
        effect: (d, { item }) => {
          d.farmer = 1 - d.farmer
          if (item !== 'nothing') d.at[item].bank = d.farmer
        },
      }),
    ],
  })
}

const BANK = ['near', 'far'] as const
const OTHER = { near: 'far', far: 'near' } as const

const riverAfter = (): Model => {
  const state = record({ farmer: id(BANK), on: each(BANK, setOf(ITEM)) })
  const action = actionsOn<typeof state>()
  return model('Wolf, goat and cabbage', {
    state,
    initial: (d) => {
      for (const item of ITEM) d.on.near.add(item)
    },
    actions: [
      action('CrossWith', {
        choose: { item: (s) => s.on[s.farmer] },
        guard: (s, { item }) =>
          EATS.every((pair) => pair.some((one) => one === item || !s.on[s.farmer].has(one))),
        effect: (d, { item }) => {
          d.on[d.farmer].delete(item)
          d.farmer = OTHER[d.farmer]
          d.on[d.farmer].add(item)
        },
      }),
      action('CrossAlone', {
        guard: (s) => EATS.every((pair) => pair.some((one) => !s.on[s.farmer].has(one))),
        effect: (d) => {
          d.farmer = OTHER[d.farmer]
        },
      }),
    ],
  })
}

export const BOTH_WAYS: readonly BothWays[] = [
  {
    source: 'Lucas 1883: 3^n states with n discs',
    states: 3 ** DISCS,
    before: hanoiBefore(),
    after: hanoiAfter(),
  },
  {
    source: 'Dijkstra 1965: 1 + v + ... + v^n states with v values and n places',
    states: 1 + 3 + 9 + 27 + 81,
    before: bufferBefore(),
    after: bufferAfter(),
  },
  {
    source:
      'Lamport 1978, channels without order: (n + k choose k) states with n nodes and k messages at most',
    states: 35,
    before: networkBefore(),
    after: networkAfter(),
  },
  {
    source: 'Courtois, Heymans and Parnas 1971: 2^n + n states with n processes',
    states: 2 ** 5 + 5,
    before: readersBefore(),
    after: readersAfter(),
  },
  {
    source: 'Alcuin of York: 10 of the 16 states are safe and can be reached',
    states: 10,
    before: riverBefore(),
    after: riverAfter(),
  },
  {
    source: 'Gray and Lamport 2004: 288 states with 3 resource managers',
    states: 288,
    before: twoPhaseCommit(3),
    after: twoPhaseMessages(3),
  },
]
