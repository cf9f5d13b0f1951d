/** The events an observer could see, and how each is drawn. Monitors know nothing of the model but these. */
import { type Depiction, eventsOf } from '../../src/modelling/events.ts'
import { ModelFault } from '../../src/modelling/fault.ts'
import type { Constants } from '../constants/constants.ts'
import type { Exchange, Member } from '../constants/parties.ts'
import { ownPictures } from '../extension-points/own-pictures.ts'
import type { Result } from '../state/cluster-state.ts'
import { FIRST_IKE } from '../state/sas.ts'
import { type Kind, kindOf, numberOf, type Peer } from '../state/spis.ts'
import { espPictures } from './esp-events.ts'
import type { IkeFields, RequestFields, SynchFields, WireEvents } from './events.ts'
import { statusOf } from './status.ts'

export type { Party } from '../constants/parties.ts'
export { HINT, type Hint, type Hinter, type WireEvents } from './events.ts'

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
export const onIke = (ike: string): string => (ike === FIRST_IKE ? '' : `${ike} `)

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
      ikeArrived: (e) => ({ shape: 'receive', lane: e.receiver, message: key(e), text: 'changes nothing' }),
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
        lane: e.party,
        text: `${onIke(e.ike)}message IDs of the ${e.initiator} below ${e.to} are skipped`,
      }),
      attackerCaused: (e) => ({
        shape: 'mark',
        lane: 'P',
        text:
          e.messages === 0
            ? 'sends nothing to the attacker'
            : `${e.messages} message${e.messages === 1 ? '' : 's'} because of an attacker`,
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
    { P: 'peer' },
  )
