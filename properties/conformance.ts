/**
 * The model by which a capture is explained: that of a scheme, with bounds that the trace itself gives. Every exchange
 * is `createChild`, the one with content of its own and no guard but that of the message-ID machine: without keys
 * nobody sees what a protected exchange is about, and nothing that the others do changes a message ID.
 */
import { cluster } from '../model/cluster.ts'
import { MEMBER, type Scope } from '../model/constants/constants.ts'
import type { NamedScheme } from '../model/schemes/named-scheme.ts'
import type { Lens } from '../src/conformance/explain.ts'
import type { Trace } from '../src/conformance/trace.ts'
import type { Model } from '../src/modelling/model.ts'
import { quiet, withoutEsp } from './focuses/focus.ts'

/** Members that a model can have. */
export const MOST_MEMBERS = MEMBER.length

/** How the model of a cluster is looked at. */
export const LENS: Lens = {
  first: MEMBER[0],
  sent: 'ikeSent',
  lost: 'ikeLost',
  loses: 'NetworkLoses',
  repeats: ['ClusterRetransmits', 'PeerRetransmits', 'ClusterAnswersAgain', 'PeerAnswersAgain'],
  idle: ['ClusterGivesUp', 'PeerGivesUp'],
  irrelevant: ['answered', 'spent.synchLosses'],
}

/** Different requests of a side. */
const contentsOf = ({ events }: Trace, side: 'cluster' | 'peer'): number =>
  new Set(events.filter((e) => e.type === 'request' && e.initiator === side).map((e) => e.content)).size

/**
 * Bounds that no explanation of this trace needs more of: as many requests of each side as it has contents, one more
 * that may come next, and of the cluster one for each crash that may take a request with it which was never sent; a
 * failure and a handover for each change of member; and as many lost synch messages as there are exchanges, each of
 * which is told once.
 */
export const scopeFor = ({ judgedBy, scheme }: NamedScheme, trace: Trace): Scope => {
  const { events, changes, stations, complete, overlapping } = trace
  const failures = scheme.cluster ? Math.max(1, changes) + (complete ? 0 : 1) : 0
  const requests = {
    cluster: contentsOf(trace, 'cluster') + 1 + failures,
    peer: contentsOf(trace, 'peer') + 1,
  }
  return {
    ...quiet,
    members: judgedBy.includes('three-members') || stations > 2 ? 3 : 2,
    requests: { cluster: { createChild: requests.cluster }, peer: { createChild: requests.peer } },
    window: overlapping ? 2 : 1,
    crashes: failures,
    returns: failures,
    handovers: failures,
    splits: scheme.cluster && judgedBy.includes('split-brain'),
    synchLosses: scheme.cluster ? requests.cluster + requests.peer : 0,
    retransmissions: 0,
    network: events.length + 2,
    synch: scheme.channel === 'reorders' ? 3 : 2,
  }
}

/** The same without what few explanations need: nothing is handed over, a member returns only to act again. */
const leaner = (scope: Scope, { changes }: Trace): Scope => ({
  ...scope,
  returns: Math.min(scope.returns, Math.max(0, changes - 1)),
  handovers: 0,
})

/** And with no request that the trace does not show. */
const leanest = (scope: Scope, trace: Trace): Scope => {
  const shown = (side: 'cluster' | 'peer') => ({ createChild: contentsOf(trace, side) })
  if (shown('cluster').createChild + shown('peer').createChild === 0) return leaner(scope, trace)
  return { ...leaner(scope, trace), requests: { cluster: shown('cluster'), peer: shown('peer') } }
}

/**
 * The models of a scheme that a trace is explained by. What one explains, the next does too, in many more states: only
 * what the last does not explain is none of its behaviours.
 */
export const conformanceModels = (named: NamedScheme, trace: Trace): readonly (() => Model)[] => {
  const scope = scopeFor(named, trace)
  const scopes = [leanest(scope, trace), leaner(scope, trace), scope]
  const different = scopes.filter((one, i) => JSON.stringify(one) !== JSON.stringify(scopes[i + 1]))
  return different.map(
    (one) => () =>
      cluster(`${named.name}, as in the capture`, { scheme: withoutEsp(named.scheme), scope: one }, []),
  )
}
