/**
 * Two-phase commit after Gray and Lamport, "Consensus on Transaction Commit" (2004), section 3.
 *
 * Messages are never removed, so the set of messages sent is the whole network: losing a message and ignoring
 * it look the same to a safety property. The manager's Prepare requests are left out.
 */
import { actionsOn, always, bool, each, model, oneOf, record, setOf } from '../index.ts'

/** The model with `count` resource managers, 1 to 14. */
export const twoPhaseCommit = (count: number) => {
  const managers = Array.from({ length: count }, (_, i) => `r${i + 1}`)

  const schema = record({
    rm: each(managers, record({ state: oneOf('working', 'prepared', 'committed', 'aborted') })),
    tm: oneOf('init', 'committed', 'aborted'),
    /** Resource managers the transaction manager knows to be prepared. */
    tmPrepared: setOf(managers),
    /** Messages sent so far. */
    prepared: setOf(managers),
    commit: bool,
    abort: bool,
  })
  const action = actionsOn<typeof schema>()

  return model(`Two-phase commit, ${count} resource managers`, {
    state: schema,
    actions: [
      action('TmCommit', {
        guard: (s) => s.tm === 'init' && s.tmPrepared.size === count,
        effect: (d) => {
          d.tm = 'committed'
          d.commit = true
        },
      }),
      action('TmAbort', {
        guard: (s) => s.tm === 'init',
        effect: (d) => {
          d.tm = 'aborted'
          d.abort = true
        },
      }),
      action('TmReceivePrepared', {
        choose: { rm: managers },
        guard: (s, { rm }) => s.tm === 'init' && s.prepared.has(rm),
        effect: (d, { rm }) => {
          d.tmPrepared.add(rm)
        },
      }),
      action('RmPrepare', {
        choose: { rm: managers },
        guard: (s, { rm }) => s.rm[rm]!.state === 'working',
        effect: (d, { rm }) => {
          d.rm[rm]!.state = 'prepared'
          d.prepared.add(rm)
        },
      }),
      action('RmChooseToAbort', {
        choose: { rm: managers },
        guard: (s, { rm }) => s.rm[rm]!.state === 'working',
        effect: (d, { rm }) => {
          d.rm[rm]!.state = 'aborted'
        },
      }),
      action('RmReceiveCommit', {
        choose: { rm: managers },
        guard: (s) => s.commit,
        effect: (d, { rm }) => {
          d.rm[rm]!.state = 'committed'
        },
      }),
      action('RmReceiveAbort', {
        choose: { rm: managers },
        guard: (s) => s.abort,
        effect: (d, { rm }) => {
          d.rm[rm]!.state = 'aborted'
        },
      }),
    ],
    properties: [
      always<typeof schema>('Consistent', {
        sentence: 'No resource manager has committed while another has aborted.',
        source: 'Gray and Lamport 2004, section 2',
        holds: (s) => {
          let committed = false
          let aborted = false
          for (const rm of managers) {
            const { state } = s.rm[rm]!
            if (state === 'committed') committed = true
            if (state === 'aborted') aborted = true
          }
          return !(committed && aborted)
        },
        situation: (s) => s.tm === 'committed',
      }),
    ],
  })
}

export default twoPhaseCommit(3)
