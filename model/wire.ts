/** The events an observer could see, and how each is drawn. Monitors know nothing of the model but these. */
import { type Depiction, eventsOf } from '../src/modelling/events.ts'
import type { Exchange, Member, Side } from './constants.ts'

/** A lane of the diagram: a member or the peer. */
export type Party = Member | 'P'

/** An IKE message as seen on the wire; `task` stands for its content, `by` for who executed, in a response. */
interface IkeFields {
  readonly type: 'request' | 'response'
  readonly initiator: Side
  readonly messageId: number
  readonly exchange: Exchange
  readonly task: number
  readonly by: string
}

/** A request: what is the same in all its copies. */
interface RequestFields {
  readonly initiator: Side
  readonly messageId: number
  readonly exchange: Exchange
  readonly task: number
}

/** A synch message: what it is about, and of its contents what a reader needs. */
interface SynchFields {
  readonly about: 'child' | 'exchange' | 'packets' | 'gone'
  readonly nextSend: number
  readonly expects: number
  readonly child: string
  readonly sent: number
}

export type WireEvents = {
  /** A party sends a message, for the first time or again. */
  readonly ikeSent: IkeFields & { readonly sender: Party; readonly receiver: Party }
  /** A party receives a message that it acts upon; `again`: a request that it executed before. */
  readonly ikeReceived: IkeFields & { readonly receiver: Party; readonly again: boolean }
  readonly ikeLost: IkeFields
  /** A request is executed and its effect can be seen outside. */
  readonly ikeExecuted: RequestFields & { readonly executor: Party }
  /** A party takes a response for the answer to its request. */
  readonly ikeMatched: {
    readonly party: Party
    readonly messageId: number
    readonly asked: Exchange
    readonly askedTask: number
    readonly answered: Exchange
    readonly answeredTask: number
  }
  /** A packet of the cluster on a child SA. */
  readonly espSent: { readonly sender: Member; readonly sequenceNumber: number; readonly iv: number }
  readonly synchSent: SynchFields & { readonly sender: Member; readonly receiver: Member }
  readonly synchReceived: SynchFields & { readonly receiver: Member }
  readonly synchLost: SynchFields
  readonly crashed: { readonly member: Member }
  readonly tookOver: { readonly member: Member }
  readonly returned: { readonly member: Member; readonly empty: boolean }
  readonly gaveUp: { readonly party: Party }
}

const NAME = { createChild: 'CREATE_CHILD_SA', liveness: 'INFORMATIONAL' } as const

const key = (m: IkeFields): string =>
  `${m.type} ${m.initiator} ${m.messageId} ${m.exchange} ${m.task} ${m.by}`

const title = ({ exchange, task, initiator }: Omit<RequestFields, 'messageId'>): string =>
  `${NAME[exchange]} ${initiator === 'cluster' ? 'c' : 'p'}${task}`

const label = (m: IkeFields): string =>
  `${m.type} ${m.messageId}: ${title(m)}${m.by === 'none' || m.by === 'P' ? '' : ` by ${m.by}`}`

const synchText = ({ about, nextSend, expects, child, sent }: SynchFields): string => {
  switch (about) {
    case 'child':
      return `synch: child ${child}`
    case 'exchange':
      return `synch: next ${nextSend}, expects ${expects}${child === 'none' ? '' : `, child ${child}`}`
    case 'packets':
      return `synch: seq ${sent}`
    case 'gone':
      return 'synch: IKE SA deleted'
  }
}

/** The events of a cluster with so many members. */
export const wireEvents = (members: number) =>
  eventsOf<WireEvents>(members === 1 ? ['P', 'A'] : ['P', 'A', 'synch', 'B'], {
    ikeSent: (e): Depiction => ({
      shape: 'send',
      lane: e.sender,
      to: e.receiver,
      message: key(e),
      text: label(e),
    }),
    ikeReceived: (e) => ({ shape: 'receive', lane: e.receiver, message: key(e) }),
    ikeLost: (e) => ({ shape: 'lose', message: key(e) }),
    ikeExecuted: (e) => ({ shape: 'mark', lane: e.executor, text: `executes ${title(e)}` }),
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
    espSent: (e) => ({
      shape: 'pass',
      lane: e.sender,
      to: 'P',
      text: `ESP seq ${e.sequenceNumber}, IV ${e.iv}`,
    }),
    synchSent: (e) => ({
      shape: 'send',
      lane: e.sender,
      to: e.receiver,
      message: synchText(e),
      text: synchText(e),
    }),
    synchReceived: (e) => ({ shape: 'receive', lane: e.receiver, message: synchText(e) }),
    synchLost: (e) => ({ shape: 'lose', message: synchText(e) }),
    crashed: (e) => ({ shape: 'mark', lane: e.member, text: 'crashes', grave: true }),
    tookOver: (e) => ({ shape: 'mark', lane: e.member, text: 'takes over', grave: true }),
    returned: (e) => ({
      shape: 'mark',
      lane: e.member,
      text: e.empty ? 'returns empty' : 'returns, brought up to date',
    }),
    gaveUp: (e) => ({ shape: 'mark', lane: e.party, text: 'gives up: IKE SA deleted', grave: true }),
  })
