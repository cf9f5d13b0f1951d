/**
 * The ways in which an IKE counter can be stale after a takeover (RFC 6027 section 3.3), one by one: each arises in
 * the schemes that it is known of, and none where every event is acknowledged with all that it takes to go on.
 */
import { describe, expect, it } from 'vitest'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import type { ClusterSchema, ClusterView, IkeView } from '../model/state/cluster-state.ts'
import { model } from '../src/modelling/model.ts'
import { sometimes } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import { searchOf } from './mutations/mutation.ts'

/** The IKE SA at the member that took over, if it acts and holds it, and at the peer. */
const after = (s: ClusterView): { readonly mine: IkeView; readonly theirs: IkeView } | undefined => {
  const { B } = s.member
  const mine = B.ike.k0!
  const theirs = s.peer.ike.k0!
  return B.up && B.onIke && mine.sa && theirs.sa && !s.gaveUp ? { mine, theirs } : undefined
}
const isFree = ({ requests }: IkeView): boolean => requests.even.exchange === 'none'

interface Scenario {
  readonly name: string
  readonly focus: FocusName
  readonly arises: (s: ClusterView) => boolean
  /** Schemes in which it arises, and in which it does not. */
  readonly schemes: readonly string[]
  readonly others: readonly string[]
}

/** The message IDs of requests of the peer in the search of the default scope; a counter may stand behind the last. */
const LAST_ID = 3

/** Whether A has executed the request of the peer with this message ID. */
const executed = (s: ClusterView, messageId: number): boolean =>
  messageId <= LAST_ID && s.answered.k0!.A.ids.has(messageId)

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'S1: the own counter is behind what the peer has seen',
    focus: 'own-requests',
    arises: (s) => {
      const ends = after(s)
      return ends !== undefined && ends.mine.nextSend < ends.theirs.expects
    },
    schemes: ['synch-sas', 'synch-ike'],
    others: ['acked-counters', 'acked-everything'],
  },
  {
    name: 'S2: the peer is beyond the window, after requests that the first member answered',
    focus: 'peer-requests',
    arises: (s) => {
      const ends = after(s)
      return ends !== undefined && !isFree(ends.theirs) && ends.theirs.nextSend - 1 > ends.mine.expects
    },
    schemes: ['synch-sas', 'synch-ike'],
    others: ['acked-counters', 'acked-everything'],
  },
  {
    name: 'S3: a request of the peer counts as received, and nobody has the answer',
    focus: 'peer-requests',
    arises: (s) => {
      const ends = after(s)
      return (
        ends !== undefined &&
        !isFree(ends.theirs) &&
        ends.mine.expects === ends.theirs.nextSend &&
        ends.mine.answers.even.exchange === 'none'
      )
    },
    schemes: ['synch-ike', 'acked-counters', 'acked-requests'],
    others: ['acked-answers', 'acked-everything'],
  },
  {
    name: 'S4: a request of the peer was executed and answered, and counts as new',
    focus: 'peer-requests',
    arises: (s) => {
      const ends = after(s)
      return ends !== undefined && !isFree(ends.theirs) && executed(s, ends.mine.expects)
    },
    schemes: ['synch-sas', 'synch-ike'],
    others: ['acked-counters', 'acked-everything'],
  },
  {
    name: 'S5: the own counter is ahead of what the peer has seen, and the request is forgotten',
    focus: 'own-requests',
    arises: (s) => {
      const ends = after(s)
      return ends !== undefined && isFree(ends.mine) && ends.mine.nextSend > ends.theirs.expects
    },
    schemes: ['acked-counters', 'acked-answers'],
    others: ['synch-sas', 'acked-requests', 'acked-everything'],
  },
]

describe.each(SCENARIOS)('$name', ({ focus, arises, schemes, others }) => {
  it.each([
    ...schemes.map((scheme) => [scheme, 'reached']),
    ...others.map((scheme) => [scheme, 'unreached']),
  ])('in %s is %s', async (scheme, verdict) => {
    const search = searchOf(scheme, focus)
    const { judgements } = await check(
      model(search.name, { ...search, properties: [sometimes<ClusterSchema>('Arises', { holds: arises })] }),
    )
    expect(judgements[0]!.verdict).toBe(verdict)
  })
})
