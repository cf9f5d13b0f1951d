/**
 * Two-phase commit with its messages as records in one set, as TwoPhase.tla of tlaplus/Examples has them: what
 * `two-phase-commit.ts` keeps apart, a set for each kind of message. Both have the same states and steps.
 */
import { actionsOn, always, each, id, model, oneOf, record, setOf } from '../index.ts'

/** The model with `count` resource managers, 1 to 14. */
export const twoPhaseMessages = (count: number) => {
  const managers = Array.from({ length: count }, (_, i) => `r${i + 1}`)

  const schema = record({
    rm: each(managers, oneOf('working', 'prepared', 'committed', 'aborted')),
    tm: oneOf('init', 'committed', 'aborted'),
    /** Resource managers the transaction manager knows to be prepared. */
    tmPrepared: setOf(managers),
    /** Messages sent so far; Commit and Abort go to all. */
    network: setOf(record({ type: oneOf('Prepared', 'Commit', 'Abort'), rm: id(managers, 'all') })),
  })
  const action = actionsOn<typeof schema>()

  return model(`Two-phase commit, ${count} resource managers, messages in one set`, {
    state: schema,
    actions: [
      action('TmCommit', {
        guard: (s) => s.tm === 'init' && s.tmPrepared.size === count,
        effect: (d) => {
          d.tm = 'committed'
          d.network.add({ type: 'Commit', rm: 'all' })
        },
      }),
      action('TmAbort', {
        guard: (s) => s.tm === 'init',
        effect: (d) => {
          d.tm = 'aborted'
          d.network.add({ type: 'Abort', rm: 'all' })
        },
      }),
      action('TmReceive', {
        choose: { m: (s) => s.network },
        guard: (s, { m }) => s.tm === 'init' && m.type === 'Prepared',
        effect: (d, { m }) => d.tmPrepared.add(m.rm),
      }),
      action('RmPrepare', {
        choose: { rm: managers },
        guard: (s, { rm }) => s.rm[rm] === 'working',
        effect: (d, { rm }) => {
          d.rm[rm] = 'prepared'
          d.network.add({ type: 'Prepared', rm })
        },
      }),
      action('RmChooseToAbort', {
        choose: { rm: managers },
        guard: (s, { rm }) => s.rm[rm] === 'working',
        effect: (d, { rm }) => {
          d.rm[rm] = 'aborted'
        },
      }),
      action('RmReceive', {
        choose: { rm: managers, m: (s) => s.network },
        guard: (_, { m }) => m.type !== 'Prepared',
        effect: (d, { rm, m }) => {
          d.rm[rm] = m.type === 'Commit' ? 'committed' : 'aborted'
        },
      }),
    ],
    properties: [
      always<typeof schema>('Consistent', {
        sentence: 'No resource manager has committed while another has aborted.',
        source: 'Gray and Lamport 2004, section 2',
        holds: (s) =>
          !managers.some((rm) => s.rm[rm] === 'committed') || !managers.some((rm) => s.rm[rm] === 'aborted'),
        situation: (s) => s.network.some(({ type }) => type === 'Commit'),
      }),
    ],
  })
}

export default twoPhaseMessages(3)
