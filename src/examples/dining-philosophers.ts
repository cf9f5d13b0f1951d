/**
 * The dining philosophers (Dijkstra 1971): each takes the left fork, then the right one, eats, and puts both down.
 *
 * Thinking and eating take no time: a philosopher without forks thinks, one with both eats. When all hold their
 * left fork nobody can move: the one deadlock. With n philosophers there are (1 + √2)^n + (1 - √2)^n states.
 */
import { actionsOn, alwaysPossible, each, id, model, record, sometimes, type View } from '../index.ts'

/** The model with `count` philosophers, at least 2. */
export const diningPhilosophers = (count: number) => {
  const philosophers = Array.from({ length: count }, (_, i) => `p${i + 1}`)
  /** The fork to the left of a philosopher bears the philosopher's name; the right one, the neighbour's. */
  const right = Object.fromEntries(philosophers.map((p, i) => [p, philosophers[(i + 1) % count]!]))

  const schema = record({ fork: each(philosophers, record({ heldBy: id(philosophers, 'nobody') })) })
  type State = View<typeof schema>
  const action = actionsOn<typeof schema>()
  const holder = (s: State, fork: string) => s.fork[fork]!.heldBy
  const eats = (s: State, p: string) => holder(s, p) === p && holder(s, right[p]!) === p

  return model(`Dining philosophers, ${count}`, {
    state: schema,
    actions: [
      action('TakeLeft', {
        choose: { p: philosophers },
        guard: (s, { p }) => holder(s, p) === 'nobody',
        effect: (d, { p }) => {
          d.fork[p]!.heldBy = p
        },
      }),
      action('TakeRight', {
        choose: { p: philosophers },
        guard: (s, { p }) => holder(s, p) === p && holder(s, right[p]!) === 'nobody',
        effect: (d, { p }) => {
          d.fork[right[p]!]!.heldBy = p
        },
      }),
      action('PutDown', {
        choose: { p: philosophers },
        guard: (s, { p }) => eats(s, p),
        effect: (d, { p }) => {
          d.fork[p]!.heldBy = 'nobody'
          d.fork[right[p]!]!.heldBy = 'nobody'
        },
      }),
    ],
    properties: [
      sometimes<typeof schema>('SomebodyEats', { holds: (s) => philosophers.some((p) => eats(s, p)) }),
      alwaysPossible<typeof schema>('EatingStaysPossible', {
        sentence: 'From every state a state can be reached in which somebody eats.',
        holds: (s) => philosophers.some((p) => eats(s, p)),
      }),
    ],
  })
}

export default diningPhilosophers(5)
