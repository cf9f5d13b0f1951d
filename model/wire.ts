/** The events an observer could see, and how each is drawn. Monitors know nothing of the model but these. */
import { type Depiction, eventsOf } from '../src/modelling/events.ts'
import { ModelFault } from '../src/modelling/fault.ts'
import type { Address, Constants, Exchange, Member, Side } from './constants.ts'
import { type EspEvents, espPictures } from './esp/events.ts'
import { ownPictures } from './extending/messages.ts'
import { type Kind, kindOf, numberOf, type Peer } from './spi-state.ts'
import { type About, type Counters, FIRST_IKE, type Result } from './state.ts'
import { statusOf } from './status.ts'

/** A lane of the diagram: a member or the peer. */
export type Party = Member | 'P'

/** Unprotected hints, and who may give one. */
export const HINT = ['INVALID_IKE_SPI', 'INVALID_SPI'] as const
export type Hint = (typeof HINT)[number]
export type Hinter = Member | 'attacker'

/** An IKE message as seen on the wire; `task` stands for its content, `by` for who executed, in a response. */
interface IkeFields {
  readonly type: 'request' | 'response'
  readonly ike: string
  readonly initiator: Side
  readonly messageId: number
  /** The address of the cluster that it comes from or goes to. */
  readonly address: Address
  readonly exchange: Exchange
  readonly task: number
  /** The child SA that a request is about, or none. */
  readonly child: string
  readonly by: string
  readonly result: Result
}

/** A request: what is the same in all its copies. */
interface RequestFields {
  readonly ike: string
  readonly initiator: Side
  readonly messageId: number
  readonly exchange: Exchange
  readonly task: number
}

/** A synch message: what it is about, and of its contents what a reader needs. */
interface SynchFields {
  readonly about: About
  readonly ike: string
  readonly nextSend: number
  readonly expects: number
  readonly counters: Counters
  readonly child: string
  readonly goneChild: string
  readonly madeIke: string
  readonly goneIke: string
  readonly sent: number
  readonly top: number
  readonly spi: string
}

export type WireEvents = EspEvents & {
  /** An extension lets both ends agree that message IDs of a side below `to` are skipped. */
  readonly idsSkipped: { readonly ike: string; readonly initiator: Side; readonly to: number }
  /** At the end of a step in which a copy or a forgery comes: the messages that it made the ends send. */
  readonly attackerCaused: { readonly messages: number }
  /** A party sends a message, for the first time or again. */
  readonly ikeSent: IkeFields & { readonly sender: Party; readonly receiver: Party }
  /** A party receives a message that it acts upon; `again`: a request that it executed before. */
  readonly ikeReceived: IkeFields & { readonly receiver: Party; readonly again: boolean }
  readonly ikeLost: IkeFields
  /** A request is executed and its effect can be seen outside. */
  readonly ikeExecuted: RequestFields & {
    readonly result: Result
    readonly executor: Party
    /** Who sends the answer by which it is seen; another member than the executor after a takeover. */
    readonly sender: Party
  }
  /** A party takes a response for the answer to its request. */
  readonly ikeMatched: {
    readonly party: Party
    readonly ike: string
    readonly messageId: number
    readonly asked: Exchange
    readonly askedTask: number
    readonly answered: Exchange
    readonly answeredTask: number
  }
  /** `afterDrop`: because of a packet that was dropped. */
  readonly synchSent: SynchFields & {
    readonly sender: Member
    readonly receiver: Member
    readonly afterDrop: boolean
  }
  readonly synchReceived: SynchFields & { readonly sender: Member; readonly receiver: Member }
  readonly synchLost: SynchFields & { readonly sender: Member; readonly receiver: Member }
  readonly crashed: { readonly member: Member }
  readonly tookOver: { readonly member: Member }
  readonly returned: { readonly member: Member; readonly empty: boolean }
  readonly handedOver: { readonly member: Member; readonly to: Member }
  readonly split: { readonly goesOn: string }
  /** The cut channel works again; the others stop acting, `updated`: and are brought up to date. */
  readonly healed: { readonly goesOn: Member; readonly updated: boolean }
  /** A standby takes nothing in any more. */
  readonly hung: { readonly member: Member }
  /** A member that is up is taken for down; `fenced`: and is brought down for that. */
  readonly suspected: { readonly member: Member; readonly fenced: boolean }
  readonly gaveUp: { readonly party: Party; readonly ike: string }
  /** An SA is set up by which the cluster receives under an SPI; `user`: a peer that uses this SPI already. */
  readonly spiAssigned: SpiFields & { readonly user: Peer | 'nobody' }
  /** Such an SA ends, by way of a member. */
  readonly spiFreed: SpiFields
  /** A tunnel packet of the peer; `taken`: some member receives what is sent to this address, or will after a takeover. */
  readonly peerPacket: { readonly address: Address; readonly taken: boolean }
  /** The peer takes the source of an IKE message for the new address of its gateway. */
  readonly gatewayMoved: { readonly address: Address; readonly packets: Address }
  /** The peer sets up an IKE SA anew. */
  readonly renewed: { readonly member: Member; readonly ike: string; readonly address: Address }
  /** A member sends the peer to another address, under protection. */
  readonly redirected: { readonly member: Member; readonly address: Address }
  /** The peer deletes an IKE SA that it has left. */
  readonly left: { readonly member: Member; readonly ike: string }
  /** The peer receives an unprotected hint about an IKE SA: whether it has that one, and whether it deletes it. */
  readonly hinted: {
    readonly sender: Hinter
    readonly hint: Hint
    readonly ike: string
    readonly alive: boolean
    readonly believed: boolean
  }
}

interface SpiFields {
  readonly member: Member
  readonly peer: Peer
  readonly kind: Kind
  readonly value: number
}

const NAME: Readonly<Record<Exchange, string>> = {
  createChild: 'CREATE_CHILD_SA',
  rekeyChild: 'rekey child SA',
  deleteChild: 'DELETE child SA',
  rekeyIke: 'rekey IKE SA',
  deleteIke: 'DELETE IKE SA',
  liveness: 'INFORMATIONAL',
}

const key = (m: IkeFields): string =>
  `${m.type} ${m.ike} ${m.initiator} ${m.messageId} ${m.address} ${m.exchange} ${m.task} ${m.child} ${m.by} ${m.result}`

type Titled = Pick<RequestFields, 'exchange' | 'task' | 'initiator'> & { readonly child?: string }

/** A request by its exchange and what stands for its content: `CREATE_CHILD_SA c1`. */
export const title = ({ exchange, task, initiator, child = 'none' }: Titled): string =>
  `${NAME[exchange]} ${initiator === 'cluster' ? 'c' : 'p'}${task}${child === 'none' ? '' : ` of ${child}`}`

const RESULTS: Readonly<Record<Result, string>> = {
  done: '',
  notFound: ', CHILD_SA_NOT_FOUND',
  later: ', TEMPORARY_FAILURE',
}

/** The IKE SA is named where it is not the first. */
const onIke = (ike: string): string => (ike === FIRST_IKE ? '' : `${ike} `)

/** A member's own address is named. */
const via = ({ type, initiator, address }: IkeFields): string =>
  address === 'V' ? '' : `, ${(type === 'request') === (initiator === 'cluster') ? 'from' : 'to'} ${address}`

const label = (m: IkeFields): string =>
  `${m.type} ${onIke(m.ike)}${m.messageId}: ${title(m)}${m.by === 'none' || m.by === 'P' ? '' : ` by ${m.by}`}${RESULTS[m.result]}${via(m)}`

const changesText = ({ child, goneChild, madeIke, goneIke }: SynchFields): readonly string[] => [
  ...(child === 'none' ? [] : [`child ${child}`]),
  ...(goneChild === 'none' ? [] : [`no child ${goneChild}`]),
  ...(madeIke === 'none' ? [] : [`IKE SA ${madeIke}`]),
  ...(goneIke === 'none' ? [] : [`no IKE SA ${goneIke}`]),
]

const SPI: Readonly<Record<Kind, string>> = { esp: 'ESP SPI', ike: 'IKE SPI' }
const spiText = (spi: string): string => `${SPI[kindOf(spi)]} ${numberOf(spi)}`
const peerText = (peer: Peer): string => `peer ${peer.slice(4)}`

const synchText = (m: SynchFields): string => {
  const one = m.counters === 'nextSend' ? `next ${m.nextSend}` : `expects ${m.expects}`
  const counters = onIke(m.ike) + (m.counters === 'both' ? `next ${m.nextSend}, expects ${m.expects}` : one)
  switch (m.about) {
    case 'sas':
      return `synch: ${changesText(m).join(', ')}`
    case 'exchange':
      return `synch: ${[counters, ...changesText(m)].join(', ')}`
    case 'packets':
    case 'jump':
      return `synch: ${m.child} ${[...(m.sent > 0 ? [`sent ${m.sent}`] : []), ...(m.top > 0 ? [`received ${m.top}`] : [])].join(', ')}`
    case 'gone':
      return 'synch: IKE SA deleted'
    case 'lock':
      return `synch: lock, ${counters}`
    case 'extension':
      return 'synch: extension'
    case 'taken':
      return `synch: ${spiText(m.spi)} in use`
    case 'freed':
      return `synch: ${spiText(m.spi)} free again`
    case 'asked':
      return `synch: asks for an ${SPI[kindOf(m.spi)]}`
    case 'granted':
      return `synch: grants ${spiText(m.spi)}`
  }
}

/** What ties a synch message to its receipt: two channels may carry the same words. */
const synchKey = (m: SynchFields & { readonly sender: Member; readonly receiver: Member }): string =>
  `${m.sender}${m.receiver} ${synchText(m)}`

type Pictures = { readonly [K in keyof WireEvents]: (event: WireEvents[K]) => Depiction }

/** With the events of extensions, which must not be called like those of the base model. */
const withOwnPictures = (constants: Constants, base: Pictures): Pictures => {
  const own = ownPictures(constants)
  for (const kind of Object.keys(own))
    if (kind in base)
      throw new ModelFault({
        problem: `An extension has an event '${kind}', which the base model has already.`,
      })
  return { ...base, ...own }
}

/** The events of a cluster with so many members, and those of its extensions. */
export const wireEvents = (members: readonly Member[], constants: Constants) =>
  eventsOf<WireEvents>(
    ['P', 'A', ...(members.length === 1 ? [] : ['synch']), ...members.slice(1)],
    withOwnPictures(constants, {
      ikeSent: (e): Depiction => ({
        shape: 'send',
        lane: e.sender,
        to: e.receiver,
        message: key(e),
        text: label(e),
      }),
      ikeReceived: (e) => ({ shape: 'receive', lane: e.receiver, message: key(e) }),
      ikeLost: (e) => ({ shape: 'lose', message: key(e) }),
      ikeExecuted: (e) => ({
        shape: 'mark',
        lane: e.sender,
        text: `${e.sender === e.executor ? 'executes' : `answers for ${e.executor}:`} ${title(e)}${RESULTS[e.result]}`,
      }),
      ikeMatched: (e) => {
        const initiator = e.party === 'P' ? 'peer' : 'cluster'
        const asked = title({ initiator, exchange: e.asked, task: e.askedTask })
        const answered = title({ initiator, exchange: e.answered, task: e.answeredTask })
        return asked === answered
          ? { shape: 'mark', lane: e.party, text: `request ${e.messageId} answered` }
          : {
              shape: 'mark',
              lane: e.party,
              text: `takes the answer to ${answered} for that to ${asked}`,
              grave: true,
            }
      },
      ...espPictures,
      idsSkipped: (e) => ({
        shape: 'mark',
        lane: e.initiator === 'cluster' ? 'P' : 'A',
        text: `${onIke(e.ike)}message IDs of the ${e.initiator} below ${e.to} are skipped`,
      }),
      attackerCaused: (e) => ({
        shape: 'mark',
        lane: 'P',
        text:
          e.messages === 0
            ? 'sends nothing to the attacker'
            : `${e.messages} messages because of an attacker`,
      }),
      synchSent: (e) => ({
        shape: 'send',
        lane: e.sender,
        to: e.receiver,
        message: synchKey(e),
        text: synchText(e),
      }),
      synchReceived: (e) => ({ shape: 'receive', lane: e.receiver, message: synchKey(e) }),
      synchLost: (e) => ({ shape: 'lose', message: synchKey(e) }),
      crashed: (e) => ({ shape: 'mark', lane: e.member, text: 'crashes', grave: true }),
      tookOver: (e) => ({ shape: 'mark', lane: e.member, text: 'takes over', grave: true }),
      returned: (e) => ({
        shape: 'mark',
        lane: e.member,
        text: e.empty ? 'returns empty' : 'returns, brought up to date',
      }),
      handedOver: (e) => ({ shape: 'mark', lane: e.member, text: `hands over to ${e.to}`, grave: true }),
      split: ({ goesOn }) => ({
        shape: 'mark',
        lane: 'synch',
        text: goesOn === 'all' ? 'cut: each member takes the other for down' : `cut: only ${goesOn} goes on`,
        grave: true,
      }),
      healed: (e) => ({
        shape: 'mark',
        lane: 'synch',
        text: `healed: ${e.goesOn} goes on, the others ${e.updated ? 'are brought up to date' : 'keep what they know'}`,
        grave: true,
      }),
      hung: (e) => ({ shape: 'mark', lane: e.member, text: 'hangs', grave: true }),
      suspected: (e) => ({
        shape: 'mark',
        lane: e.member,
        text: e.fenced ? 'taken for down, and brought down' : 'taken for down, and goes on',
        grave: true,
      }),
      gaveUp: (e) => ({
        shape: 'mark',
        lane: e.party,
        text: `gives up: IKE SA ${onIke(e.ike)}deleted`,
        grave: true,
      }),
      spiAssigned: (e) => ({
        shape: 'mark',
        lane: e.member,
        text: `sets up an ${e.kind === 'esp' ? 'ESP' : 'IKE'} SA with ${peerText(e.peer)}, SPI ${e.value}${e.user === 'nobody' ? '' : `: in use by ${peerText(e.user)}`}`,
        grave: e.user !== 'nobody',
      }),
      spiFreed: (e) => ({
        shape: 'mark',
        lane: e.member,
        text: `${e.kind === 'esp' ? 'ESP' : 'IKE'} SA of ${peerText(e.peer)}, SPI ${e.value}, deleted`,
      }),
      peerPacket: (e) => ({
        shape: 'mark',
        lane: 'P',
        text: e.taken ? `sends ESP to ${e.address}` : `sends ESP to ${e.address}, where no member takes it`,
        grave: !e.taken,
      }),
      gatewayMoved: (e) => ({
        shape: 'mark',
        lane: 'P',
        text: `takes ${e.address} for the gateway: IKE to ${e.address}, ESP to ${e.packets}`,
      }),
      renewed: (e) => ({
        shape: 'pass',
        lane: 'P',
        to: e.member,
        text: `new IKE SA ${e.ike}, at ${e.address}`,
      }),
      redirected: (e) => ({ shape: 'pass', lane: e.member, to: 'P', text: `REDIRECT to ${e.address}` }),
      left: (e) => ({ shape: 'pass', lane: 'P', to: e.member, text: `DELETE IKE SA ${e.ike}` }),
      hinted: (e) => {
        const what = `${e.hint}, not protected${e.believed ? ': IKE SA deleted' : ''}`
        return e.sender === 'attacker'
          ? { shape: 'mark', lane: 'P', text: `forged ${what}`, grave: e.believed }
          : { shape: 'pass', lane: e.sender, to: 'P', text: what }
      },
    }),
    statusOf(constants),
  )
