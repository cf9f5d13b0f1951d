/**
 * Paxos after Lamport, "The Part-Time Parliament" (1998), in the form of his specification in tlaplus/Examples: a value is
 * chosen when a majority has voted for it in one ballot.
 *
 * Messages are never removed, so a set of each kind of message is the whole network: losing one and ignoring it look the
 * same to a safety property. Each ballot has a leader of its own, who needs no state.
 */
import { actionsOn, always, each, id, model, range, record, setOf, sometimes } from '../index.ts'

const ACCEPTOR = ['a1', 'a2', 'a3'] as const
const VALUE = ['v1', 'v2'] as const

/** The model with ballots from 0 to `last`; -1 stands for none. */
export const paxos = (last: number) => {
  const [acceptor, ballot, ballotOrNone] = [id(ACCEPTOR), range(0, last), range(-1, last)]
  const [value, valueOrNone] = [id(VALUE), id(VALUE, 'none')]
  const ballots = Array.from({ length: last + 1 }, (_, bal) => bal)

  const schema = record({
    /** Of each acceptor the ballot that it takes part in, and its latest vote. */
    at: each(ACCEPTOR, record({ bal: ballotOrNone, voted: ballotOrNone, value: valueOrNone })),
    /** Phase 1a: the ballots that have begun. */
    begun: setOf(ballot),
    /** Phase 1b: an acceptor takes part in a ballot, and says what it voted for last. */
    promises: setOf(record({ acceptor, bal: ballot, voted: ballotOrNone, value: valueOrNone })),
    /** Phase 2a: what is to be voted for in a ballot. */
    proposals: setOf(record({ bal: ballot, value })),
    /** Phase 2b. */
    votes: setOf(record({ acceptor, bal: ballot, value })),
  })
  const action = actionsOn<typeof schema>()

  return model(`Paxos, 3 acceptors, 2 values, ${last + 1} ballots`, {
    state: schema,
    actions: [
      action('Begin', {
        choose: { bal: ballots },
        effect: (d, { bal }) => {
          d.begun.add(bal)
        },
      }),
      action('Promise', {
        choose: { by: ACCEPTOR, bal: (s) => s.begun },
        guard: (s, { by, bal }) => bal > s.at[by].bal,
        effect: (d, { by, bal }) => {
          const { voted, value } = d.at[by]
          d.at[by].bal = bal
          d.promises.add({ acceptor: by, bal, voted, value })
        },
      }),
      action('Propose', {
        // The majorities are those without one acceptor.
        choose: { bal: ballots, value: VALUE, without: ACCEPTOR },
        guard: (s, { bal, value, without }) => {
          if (s.proposals.some((p) => p.bal === bal)) return false
          let latest = -1
          let agrees = true
          for (const by of ACCEPTOR) {
            if (by === without) continue
            const promise = s.promises.find((p) => p.bal === bal && p.acceptor === by)
            if (promise === undefined) return false
            if (promise.voted > latest) agrees = promise.value === value
            if (promise.voted === latest && promise.value === value) agrees = true
            latest = Math.max(latest, promise.voted)
          }
          return latest < 0 || agrees
        },
        effect: (d, { bal, value }) => {
          d.proposals.add({ bal, value })
        },
      }),
      action('Vote', {
        choose: { by: ACCEPTOR, p: (s) => s.proposals },
        guard: (s, { by, p }) => p.bal >= s.at[by].bal,
        effect: (d, { by, p }) => {
          const me = d.at[by]
          me.bal = p.bal
          me.voted = p.bal
          me.value = p.value
          d.votes.add({ acceptor: by, bal: p.bal, value: p.value })
        },
      }),
    ],
    properties: [
      always<typeof schema>('Consistent', {
        sentence: 'No two values are chosen.',
        source: 'Lamport 1998',
        holds: (s) => {
          const isChosen = (value: (typeof VALUE)[number]): boolean =>
            ballots.some((bal) => s.votes.count((vote) => vote.bal === bal && vote.value === value) > 1)
          return !(isChosen('v1') && isChosen('v2'))
        },
        situation: (s) => s.votes.size > 2,
      }),
      sometimes<typeof schema>('Chosen', {
        holds: (s) => ballots.some((bal) => s.votes.count((vote) => vote.bal === bal) > 1),
      }),
    ],
  })
}

export default paxos(1)
