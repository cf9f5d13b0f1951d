/**
 * What the steps of a trace are on real gateways: operations in order, and what has none, with the reason. What the
 * gateways do of their own accord, such as executing a request, is no operation; the wire shows whether they did.
 */
import type { Exchange, Member, Party } from '../../model/constants/parties.ts'
import type { Scheme } from '../../model/constants/scheme.ts'
import type { ClusterView, EndView } from '../../model/state/cluster-state.ts'
import { FIRST_IKE } from '../../model/state/sas.ts'
import type { EspEvents } from '../../model/wire/esp-events.ts'
import type { IkeFields, WireEvents } from '../../model/wire/events.ts'
import type { Trace, TraceStep } from '../search/engine/path.ts'
import { type MessageName, type Operation, SYNCH_KINDS, type SynchKind } from './operations.ts'

/** An operation, and the step of the trace that it is part of. */
export interface Planned {
  readonly step: number
  readonly operation: Operation
}

/** What has no operation. */
export interface Gap {
  readonly step: number
  /** The action of the step. */
  readonly action: string
  readonly reason: string
}

/** What the last state of the trace says of the ends. */
export interface Ends {
  /** The member that acts; undefined when nobody does. */
  readonly acting: Member | undefined
  /** Members that are up. */
  readonly up: readonly Member[]
  /** Child SAs that only the peer holds, and that only the acting member holds. */
  readonly onlyPeer: number
  readonly onlyMember: number
  /** Message ID of the next request, counted from 0, and of the next that is expected; undefined: no IKE SA. */
  readonly member: Counters | undefined
  readonly peer: Counters | undefined
}

export interface Counters {
  readonly next: number
  readonly expects: number
}

export interface Plan {
  readonly operations: readonly Planned[]
  readonly gaps: readonly Gap[]
  readonly members: number
  /** Of the synch messages of the gateways, those that the scheme has too; the wire drops the others. */
  readonly told: readonly SynchKind[]
  readonly ends: Ends
}

/** Plans a trace of the cluster model; `scheme` is that of its model, where it is known. */
export const planOf = (trace: Trace, scheme: Scheme | undefined): Plan => {
  const operations: Planned[] = []
  const gaps: Gap[] = []
  const places = toldPlaces()
  for (const [step, taken] of trace.steps.entries()) {
    const found = operationsOf(taken, trace.steps[step - 1], places)
    for (const operation of found.operations) operations.push({ step, operation })
    for (const reason of found.reasons) gaps.push({ step, action: taken.instance.text, reason })
  }
  const members = Object.keys((trace.steps[0]!.state.model as ClusterView).member).length
  return {
    operations,
    gaps,
    members,
    told: scheme ? toldBy(scheme) : SYNCH_KINDS,
    ends: endsOf(trace.steps.at(-1)!.state.model as ClusterView),
  }
}

/** Whether a trace is one of the cluster model, which alone has operations. */
export const isOfCluster = ({ model }: Trace): boolean =>
  model.events !== undefined &&
  ['ikeSent', 'crashed', 'tookOver'].every((kind) => model.events!.kinds.includes(kind))

const toldBy = ({ cluster, synchSas, synchIke, esp }: Scheme): readonly SynchKind[] =>
  !cluster
    ? []
    : [
        ...(synchSas ? (['sas'] as const) : []),
        ...(synchIke === 'never' ? [] : (['next-request', 'expected-request'] as const)),
        ...(esp.period > 0 ? (['packets'] as const) : []),
      ]

/** The plain interpreter has a set where a view has less. */
const listed = (children: EndView['children']): readonly string[] => [
  ...(children as unknown as ReadonlySet<string>),
]

const countersOf = (end: EndView | undefined): Counters | undefined => {
  const sa = end?.ike[end.current]
  return sa?.sa ? { next: sa.nextSend, expects: sa.expects } : undefined
}

const endsOf = (s: ClusterView): Ends => {
  const names = Object.keys(s.member) as Member[]
  const up = names.filter((m) => s.member[m].up)
  const acting = up.find((m) => s.member[m].onIke)
  // Where nobody acts yet, the one that could take over is meant.
  const member: EndView | undefined = s.member[acting ?? up[0]!]
  const mine = member ? listed(member.children) : []
  const theirs = listed(s.peer.children)
  return {
    acting,
    up,
    onlyPeer: theirs.filter((child) => !mine.includes(child)).length,
    onlyMember: mine.filter((child) => !theirs.includes(child)).length,
    member: countersOf(member),
    peer: countersOf(s.peer),
  }
}

interface Mapped {
  readonly operations: readonly Operation[]
  readonly reasons: readonly string[]
}

/** Events that the gateways themselves bring about. */
const CONSEQUENCES: readonly string[] = [
  'ikeExecuted',
  'ikeMatched',
  'synchSent',
  'espSkipped',
  'espLearns',
  'espRaised',
]

/** Why an event has no operation. */
const UNMAPPED: Readonly<Record<string, string>> = {
  spiAssigned: 'a gateway chooses its SPIs itself',
  spiFreed: 'a gateway chooses its SPIs itself',
  healed: 'how members agree again after a cut is their own affair and cannot be asked for',
  hung: 'no driver makes a daemon hang',
  suspected: 'no driver makes members believe that another is down',
  hinted: 'unprotected hints are not made',
  peerPacket: 'addresses of the gateway that move are not driven',
  gatewayMoved: 'addresses of the gateway that move are not driven',
  renewed: 'a peer that sets up its IKE SA anew is not driven',
  redirected: 'REDIRECT is not driven',
  left: 'a peer that leaves its IKE SA is not driven',
  idsSkipped: 'message IDs that both ends agree to skip need an extension of the gateways',
  attackerCaused: '',
}

const asks = ({ instance }: TraceStep, before: TraceStep | undefined): Operation | undefined => {
  const { action, choice } = instance
  if (action.name !== 'ClusterAsks' && action.name !== 'PeerAsks') return undefined
  const { at = 'P', exchange } = choice as { readonly at?: Member; readonly exchange: Exchange }
  const s = before?.state.model as ClusterView | undefined
  const end = at === 'P' ? s?.peer : s?.member[at]
  // What a rekey replaced is deleted unasked.
  const owed = exchange === 'deleteChild' ? end?.owes : exchange === 'deleteIke' ? end?.owesIke : 'none'
  return (owed ?? 'none') === 'none' ? { do: 'ask', at, exchange } : undefined
}

/** Tells which of the synch messages of its kind one is. */
interface ToldPlaces {
  sent(message: WireEvents['synchSent']): void
  /** The place of a message that was sent, which is taken out; `all`: nothing else of its sender is under way. */
  gone(message: WireEvents['synchReceived']): { readonly place: number; readonly all: boolean }
}

const toldPlaces = (): ToldPlaces => {
  const counts = new Map<string, number>()
  const under: { readonly sender: Member; readonly text: string; readonly place: number }[] = []
  const textOf = ({
    afterDrop: _,
    ...message
  }: WireEvents['synchReceived'] & { readonly afterDrop?: boolean }) =>
    JSON.stringify(message, Object.keys(message).sort())
  return {
    sent(message) {
      const kind = `${message.sender} ${kindsOf(message).join()}`
      const place = counts.get(kind) ?? 0
      counts.set(kind, place + 1)
      under.push({ sender: message.sender, text: textOf(message), place })
    },
    gone(message) {
      const at = under.findIndex(({ text }) => text === textOf(message))
      const place = at < 0 ? 0 : under.splice(at, 1)[0]!.place
      return { place, all: !under.some(({ sender }) => sender === message.sender) }
    },
  }
}

const operationsOf = (step: TraceStep, before: TraceStep | undefined, places: ToldPlaces): Mapped => {
  const { events, instance } = step
  if (instance.action.name === 'Established') return { operations: [{ do: 'start' }], reasons: [] }
  const asked = asks(step, before)
  const operations: Operation[] = asked ? [asked] : []
  const reasons: string[] = []
  const arrived = events
    .filter(({ kind }) => kind === 'espArrived')
    .map(({ event }) => event as EspEvents['espArrived'])
  if (instance.action.name === 'PassesLock') reasons.push('a lock that members pass on is not driven')
  for (const { kind, event } of events) {
    const mapped = mappedEvent(kind, event, arrived, places)
    operations.push(...mapped.operations)
    reasons.push(...mapped.reasons)
  }
  return { operations, reasons: [...new Set(reasons)] }
}

const op = (...operations: readonly Operation[]): Mapped => ({ operations, reasons: [] })
const gap = (reason: string): Mapped => ({ operations: [], reasons: [reason] })

const nameOf = ({ type, initiator, messageId, exchange, task, by }: IkeFields): MessageName => ({
  type,
  initiator,
  messageId,
  exchange,
  task,
  by,
})

const mappedEvent = (
  kind: string,
  event: object,
  arrived: readonly EspEvents['espArrived'][],
  places: ToldPlaces,
): Mapped => {
  if (kind === 'synchSent') places.sent(event as WireEvents['synchSent'])
  if (CONSEQUENCES.includes(kind)) return op()
  switch (kind) {
    case 'ikeSent': {
      const e = event as WireEvents['ikeSent']
      if (e.ike !== FIRST_IKE) return gap('messages of a second IKE SA are not told apart on the wire')
      if (e.address !== 'V') return gap('members with addresses of their own are not driven')
      return op({ do: 'await', message: nameOf(e), from: e.sender })
    }
    case 'ikeReceived': {
      const e = event as WireEvents['ikeReceived']
      return e.ike === FIRST_IKE ? op({ do: 'pass', message: nameOf(e), to: e.receiver }) : op()
    }
    case 'ikeLost': {
      const e = event as WireEvents['ikeLost']
      return e.ike === FIRST_IKE ? op({ do: 'drop', message: nameOf(e) }) : op()
    }
    case 'synchReceived':
    case 'synchLost': {
      const e = event as WireEvents['synchReceived']
      const kinds = kindsOf(e)
      if (kinds.length === 0) return gap(`a synch message about '${e.about}' has no like on a real channel`)
      return op({
        do: 'synch',
        fate: kind === 'synchLost' ? 'drop' : 'pass',
        from: e.sender,
        to: e.receiver,
        kinds,
        ...places.gone(e),
      })
    }
    case 'crashed':
      return op({ do: 'crash', member: (event as WireEvents['crashed']).member })
    case 'tookOver':
      return op({ do: 'takeover', member: (event as WireEvents['tookOver']).member })
    case 'handedOver': {
      const { member, to } = event as WireEvents['handedOver']
      return op({ do: 'handover', member, to })
    }
    case 'returned': {
      const { member, empty } = event as WireEvents['returned']
      return empty
        ? op({ do: 'return', member })
        : gap('what a member that returns learns from the others cannot be ordered')
    }
    case 'gaveUp': {
      const { party, ike } = event as WireEvents['gaveUp']
      return ike === FIRST_IKE ? op({ do: 'gone', at: party }) : gap('a second IKE SA is not followed')
    }
    case 'split':
      return (event as WireEvents['split']).goesOn === 'all'
        ? op({ do: 'cut' })
        : gap('no witness says which member goes on when the channel is cut')
    case 'espSent': {
      const e = event as EspEvents['espSent']
      const came = arrived.find(
        (a) => a.origin === 'sent' && a.sequenceNumber === e.sequenceNumber && a.sa === e.sa,
      )
      return op({
        do: 'packets',
        from: e.sender,
        to: came?.receiver ?? e.receiver,
        count: e.count ?? 1,
        fate: came ? 'pass' : 'hold',
        accepted: came && acceptedOf(came),
      })
    }
    case 'espArrived': {
      const e = event as EspEvents['espArrived']
      if (e.origin === 'sent') return op()
      if (e.origin === 'forged') return gap('packets are not forged')
      const { sender: from, receiver: to, sequenceNumber: number } = e
      return op({ do: 'copy', from, to, number, accepted: acceptedOf(e) })
    }
    default: {
      const reason = UNMAPPED[kind]
      return reason === '' ? op() : gap(reason ?? `nothing is known that is '${kind}' on a gateway`)
    }
  }
}

/** A member may note what another one owns; an observer sees only whether it answers. */
const acceptedOf = ({ outcome }: EspEvents['espArrived']): boolean => outcome === 'accepted'

/** Which of a gateway's synch messages say what one of the model says. */
const kindsOf = (e: WireEvents['synchReceived']): readonly SynchKind[] => {
  switch (e.about) {
    case 'sas':
    case 'gone':
      return ['sas']
    case 'exchange': {
      const sas = [e.child, e.goneChild, e.madeIke, e.goneIke].some((name) => name !== 'none')
      return [
        ...(e.counters === 'expects' ? [] : (['next-request'] as const)),
        ...(e.counters === 'nextSend' ? [] : (['expected-request'] as const)),
        ...(sas ? (['sas'] as const) : []),
      ]
    }
    case 'packets':
    case 'jump':
      return ['packets']
    default:
      return []
  }
}

/** The parties that a plan needs. */
export const partiesOf = ({ operations }: Plan): readonly Party[] => [
  ...new Set(
    operations.flatMap(({ operation: o }): readonly Party[] => {
      switch (o.do) {
        case 'ask':
        case 'gone':
          return [o.at]
        case 'crash':
        case 'takeover':
        case 'return':
          return [o.member]
        case 'handover':
          return [o.member, o.to]
        case 'packets':
        case 'copy':
        case 'synch':
          return [o.from, o.to]
        case 'await':
          return [o.from]
        case 'pass':
          return [o.to]
        default:
          return []
      }
    }),
  ),
]
