/** The file that `clustercheck init --extension NAME` writes: an extension that validates as it is. */

/** The text of the file. `name`: kebab-case. */
export const extensionTemplate = (name: string): string => `/**
 * A proposed extension, to be changed into yours: a member that takes over announces itself to the peer.
 *
 *   npx clustercheck validate ${name}.ts
 *   npx clustercheck validate ${name}.ts:checks=false --trace
 */
import { extension, monitorOn, parts, range, record, setOf } from 'clustercheck/model'

/** Takeovers in one run: the scope below has one crash. */
const TAKEOVERS = 1

/** What an observer sees beside the messages. */
type Noted = { readonly number: number }

export default extension({
  name: '${name}',
  about: 'A member that takes over announces itself to the peer, which notes each announcement once.',
  source: 'an idea',
  // 'both': used where both ends support it. 'members': the peer need not know.
  negotiation: 'both',
  // The first value is the default; try another with ${name}.ts:checks=false
  parameters: { checks: [true, false] },
  // Schemes that it is meant for: clustercheck list
  schemes: ['synch-ike', 'acked-everything'],
  // How far it is searched. Nothing happens that is not named, but one crash, one return, one lost synch message.
  searches: [
    {
      name: 'announced',
      about: 'a liveness check of the cluster, a crash, and the announcement',
      scope: { probes: { cluster: true, peer: false }, returns: 0, retransmissions: 0, network: 2 },
    },
  ],
  claims: [
    { property: 'ANN-1', claim: 'keeps' },
    { property: 'MID-5', claim: 'keeps' },
  ],
  define: ({ members, negotiated, parameters, acts, hasRoom, send }) =>
    parts({
      // Extra state. What is of a member is lost in a crash; what is of the world is a bound, or for an observer.
      state: {
        member: { announces: range(0, 1) },
        peer: { last: range(0, TAKEOVERS) },
        world: { announced: range(0, TAKEOVERS) },
      },
      messages: {
        announce: { to: 'peer', fields: { number: range(0, TAKEOVERS) }, capacity: 2 },
      },
      events: {
        noted: ({ number }: Noted) => ({ shape: 'mark', lane: 'P', text: \`notes announcement \${number}\` }),
      },
      // Named points of the base model at which something else happens, or at which something is forbidden.
      hooks: {
        member: {
          takesOver: (d, at) => {
            if (negotiated) d.member[at].announces = 1
          },
        },
      },
      actions: [
        {
          name: 'Announces',
          by: 'member',
          choose: { at: members },
          guard: (s, { at }) => acts(s, at) && s.member[at].announces === 1 && hasRoom(s, 'announce'),
          effect: (d, { at }, emit) => {
            d.member[at].announces = 0
            d.announced += 1
            send(d, emit, at, 'announce', { number: d.announced })
          },
        },
      ],
      // Every message needs somebody who handles it; 'takes' says when it is looked at.
      takes: { announce: (s, _at, { number }) => !parameters.checks || number > s.peer.last },
      receives: {
        announce: (d, _at, { number }, emit) => {
          d.peer.last = number
          emit.noted({ number })
        },
      },
      properties: [
        monitorOn<{ noted: Noted }>()('AnnouncementNotedOnce', {
          label: 'ANN-1',
          sentence: 'An announcement is noted once, however often it comes.',
          source: 'an idea',
          memory: record({ noted: setOf(range(0, TAKEOVERS)) }),
          on: {
            noted({ noted }, { number }, judge) {
              judge.arose()
              if (noted.has(number)) judge.violated()
              noted.add(number)
            },
          },
        }),
      ],
    }),
})
`
