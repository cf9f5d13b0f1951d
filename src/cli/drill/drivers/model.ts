/**
 * Gateways that are no more than the model of a scheme, attached to the wire as real ones are: their messages are frames,
 * and they act on what the wire lets through. A drill can be tried with them without privileges, and every drill of a
 * counterexample of their own scheme has to reproduce it.
 *
 * Argument: the scheme or cluster file, otherwise that of the trace. ESP is not the model's: a member that takes over counts from 1.
 */
import { createSocket } from 'node:dgram'
import { cluster } from '../../../../model/cluster.ts'
import type { Member } from '../../../../model/constants/parties.ts'
import type { NamedScheme } from '../../../../model/schemes/named-scheme.ts'
import type { ClusterView, EndView } from '../../../../model/state/cluster-state.ts'
import { FIRST_IKE } from '../../../../model/state/sas.ts'
import type { WireEvents } from '../../../../model/wire/events.ts'
import { quiet, withoutEsp } from '../../../../properties/focuses/focus.ts'
import type { Bytes } from '../../../capture/formats/bytes.ts'
import { frameKind } from '../../../drill/frames.ts'
import {
  espContent,
  espFrame,
  type FrameWords,
  ikeContent,
  ikeFrame,
  udpContent,
  udpFrame,
} from '../../../drill/made-frames.ts'
import type { DriverRequest, LabFacts, Sas, Started, StartRequest } from '../../../drill/protocol.ts'
import type { Segment } from '../../../drill/switch.ts'
import { decapsulated, encapsulated } from '../../../drill/vxlan.ts'
import type { Instance } from '../../../state/plain/instances.ts'
import { plainInterpreter } from '../../../state/plain/interpreter.ts'
import type { PlainState } from '../../../state/plain/plain-state.ts'
import { namedScheme } from '../../results/conformance.ts'
import { DriverFault, serve } from './serve.ts'

const CLUSTER = '192.168.0.1'
const PEER = '192.168.0.2'
const SYNCH_PORT = 4510
const KINDS = { 1: 'sas', 2: 'next-request', 3: 'expected-request', 4: 'next-request' } as const
const MACS: Readonly<Record<string, string>> = {
  P: '02000000010b',
  A: '0200000001a1',
  B: '0200000001a2',
  C: '0200000001a3',
}
const SPIS = '1111111111111111' + '2222222222222222'
const SPI = { cluster: 0x1001, peer: 0x2002 }
/** IKE_SA_INIT and IKE_AUTH of the cluster. */
const SET_UP = 2
/** Milliseconds for a message of the set-up. */
const SET_UP_WITHIN = 5000
/** Milliseconds after which what is not answered is sent again. */
const AGAIN = 500
const RETRANSMISSIONS = 12

type State = PlainState & { readonly model: ClusterView }

const socket = createSocket('udp4')
let lab: Extract<LabFacts, { readonly kind: 'vxlan' }>
let members: readonly string[] = []
let run: ReturnType<typeof plainInterpreter>
let state: State
let timer: NodeJS.Timeout | undefined
/** By party: ESP packets sent, numbers taken. */
const esp = new Map<string, { sent: number; readonly taken: Set<number> }>()
let pings = 0
/** The party and the request that is being answered, and the answers by that. */
let answeringTo = ''
const answers = new Map<string, { readonly frame: Bytes; isLatest(): boolean }>()
const answered = new Set<string>()

const wordsOf = (from: string, to: string): FrameWords => ({
  from: MACS[from]!,
  to: MACS[to]!,
  source: from === 'P' ? PEER : CLUSTER,
  target: to === 'P' ? PEER : CLUSTER,
})

const put = (segment: Segment, party: string, frame: Bytes): void =>
  socket.send(encapsulated(lab.networks[`${segment} ${party}`]!, frame), lab.port, lab.address)

/** Takes a step, and puts on the wire what it sends. */
const take = (instance: Instance): void => {
  const { state: next, events } = run.step(state, instance)
  state = next as State
  for (const { kind, event } of events) {
    if (kind === 'ikeSent') sendIke(event as WireEvents['ikeSent'])
    if (kind === 'synchSent') sendSynch(event as WireEvents['synchSent'])
  }
  goOn()
}

/** Whatever was held back until others had been told goes out as soon as it may. */
const goOn = (): void => {
  const next = find(({ action }) => /^Cluster(ReleasesRequest|ReleasesAnswer)$/.test(action.name))
  if (next) take(next)
}

const find = (wanted: (instance: Instance) => boolean): Instance | undefined =>
  run.instances.find((instance) => wanted(instance) && run.enabled(state, instance))

/** Takes a step that a driver was asked for. */
const must = (name: string, choice: object): void => {
  const text = JSON.stringify(choice)
  const instance = find(({ action, choice: own }) => action.name === name && JSON.stringify(own) === text)
  if (!instance) throw new DriverFault(`The model does not allow ${name}(${text}) now.`)
  take(instance)
}

const FIELDS = [
  'type',
  'ike',
  'initiator',
  'messageId',
  'address',
  'exchange',
  'task',
  'child',
  'by',
  'result',
] as const
type Message = Readonly<Record<(typeof FIELDS)[number], unknown>>
const messageOf = (fields: object): Message =>
  Object.fromEntries(FIELDS.map((field) => [field, (fields as Message)[field]])) as Message

const sendIke = (e: WireEvents['ikeSent']): void => {
  const { type, initiator, messageId, sender, receiver } = e
  const frame = ikeFrame(wordsOf(sender, receiver), {
    spis: SPIS,
    exchange: 'CREATE_CHILD_SA',
    fromInitiator: sender !== 'P',
    response: type === 'response',
    messageId: messageId + (initiator === 'cluster' ? SET_UP : 0),
    content: JSON.stringify(messageOf(e)),
  })
  put('net', sender, frame)
  if (type === 'response' && answeringTo !== '')
    answers.set(answeringTo, { frame, isLatest: () => expectedBy(sender) === messageId + 1 })
}

/** The message ID of the next request that a party expects; undefined: it has no IKE SA, or does not act. */
const expectedBy = (party: string): number | undefined => {
  const member = party === 'P' ? undefined : state.model.member[party as Member]
  const { sa, expects } = (member ?? state.model.peer).ike[FIRST_IKE]!
  return sa && member?.onIke !== false ? expects : undefined
}

const sendSynch = ({ afterDrop: _, ...e }: WireEvents['synchSent']): void => {
  const kind =
    e.about === 'sas' || e.about === 'gone'
      ? 1
      : e.about !== 'exchange'
        ? 0
        : e.counters === 'nextSend'
          ? 2
          : e.counters === 'expects'
            ? 3
            : 4
  const body = Buffer.concat([Buffer.from([5, kind]), Buffer.from(JSON.stringify(e))])
  put('synch', e.sender, udpFrame(wordsOf(e.sender, e.receiver), SYNCH_PORT, body))
}

const arrives = (segment: Segment, party: string, frame: Bytes): void => {
  if (party !== 'P' && !state.model.member[party as Member].up) return
  if (segment === 'synch') {
    synchArrives(party, frame)
    return
  }
  const what = frameKind(frame, [])
  if (what.kind === 'ike' && what.setUp) arrived()
  else if (what.kind === 'ike') ikeArrives(party, frame)
  else if (what.kind === 'esp') espArrives(party, what.number, espContent(frame))
}

const ikeArrives = (party: string, frame: Bytes): void => {
  const text = JSON.stringify(messageOf(JSON.parse(ikeContent(frame)) as object))
  const names = party === 'P' ? 'Peer' : 'Cluster'
  const next = find(({ action, choice }) => {
    const { at, m } = choice as { readonly at?: string; readonly m?: number }
    if (m === undefined || (party !== 'P' && at !== party)) return false
    if (!new RegExp(`^${names}(ReceivesRequest|ReceivesAnswer|AnswersAgain)$`).test(action.name)) return false
    const message = state.model.network.at(m)
    return message !== undefined && JSON.stringify(messageOf(message)) === text
  })
  if (next) {
    answeringTo = `${party} ${text}`
    take(next)
    answeringTo = ''
    return
  }
  // The model has the answer on its way still, whatever the wire did to it: it is sent again as it was.
  const again = answers.get(`${party} ${text}`)
  if (again?.isLatest()) put('net', party, again.frame)
}

/** A channel that keeps the order: what the wire has dropped is lost when something later arrives. */
const synchArrives = (party: string, frame: Bytes): void => {
  const text = Buffer.from(udpContent(frame).subarray(2)).toString()
  const { sender } = JSON.parse(text) as WireEvents['synchReceived']
  const channel = sender + party
  for (;;) {
    const receives = run.instances.filter(
      (instance) =>
        instance.action.name === 'ReceivesSynch' &&
        (instance.choice as { readonly channel: string }).channel === channel &&
        run.enabled(state, instance),
    )
    const exact = receives.find((instance) => {
      const { events } = run.step(state, instance)
      const told = events.find(({ kind }) => kind === 'synchReceived')?.event
      return JSON.stringify(told) === text
    })
    if (exact) {
      take(exact)
      return
    }
    const loses = find(
      ({ action, choice }) =>
        action.name === 'SynchChannelLoses' && (choice as { readonly channel: string }).channel === channel,
    )
    if (!loses) return
    take(loses)
  }
}

const espOf = (party: string) => {
  const known = esp.get(party) ?? { sent: 0, taken: new Set<number>() }
  esp.set(party, known)
  return known
}

const sendPacket = (from: string, to: string, content: string): void => {
  const own = espOf(from)
  own.sent += 1
  put('net', from, espFrame(wordsOf(from, to), from === 'P' ? SPI.cluster : SPI.peer, own.sent, content))
}

const espArrives = (party: string, number: number, content: string): void => {
  const { taken } = espOf(party)
  if (taken.has(number)) return
  taken.add(number)
  const { kind, name, from } = JSON.parse(content) as { kind: string; name: string; from: string }
  if (kind === 'answer') answered.add(name)
  else sendPacket(party, from, JSON.stringify({ kind: 'answer', name, from: party }))
}

/** Called when a message of the set-up comes through the wire. */
let arrived = (): void => {}

/** The messages that set the IKE SA up, each when the one before has come. */
const setUp = async (): Promise<void> => {
  for (const exchange of ['IKE_SA_INIT', 'IKE_AUTH'] as const)
    for (const response of [false, true]) {
      const [from, to] = response ? ['P', 'A'] : ['A', 'P']
      const frame = ikeFrame(wordsOf(from!, to!), {
        spis: exchange === 'IKE_SA_INIT' && !response ? `${SPIS.slice(0, 16)}${'0'.repeat(16)}` : SPIS,
        exchange,
        fromInitiator: !response,
        response,
        messageId: exchange === 'IKE_SA_INIT' ? 0 : 1,
        content: `${exchange} ${response}`,
      })
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(
          () => reject(new DriverFault(`${exchange} does not come through the wire.`)),
          SET_UP_WITHIN,
        )
        arrived = () => {
          clearTimeout(late)
          resolve()
        }
        put('net', from!, frame)
      })
    }
}

/** What the gateways do: a scheme of the matrix, or what a cluster file describes. */
const schemeOf = async (name: string): Promise<NamedScheme> => {
  try {
    return await namedScheme(name)
  } catch {
    throw new DriverFault(
      `'${name}' is neither a scheme nor a cluster file of which gateways can be made.`,
      true,
    )
  }
}

const start = async (request: StartRequest): Promise<Started> => {
  if (request.lab.kind !== 'vxlan')
    throw new DriverFault('Gateways that are a model are attached by VXLAN.', true)
  lab = request.lab
  members = request.members
  const name = process.argv[2] ?? request.scheme
  const named = await schemeOf(name)
  const scope = {
    ...quiet,
    members: members.length > 2 ? (3 as const) : (2 as const),
    requests: { cluster: { createChild: 8 }, peer: { createChild: 8 } },
    crashes: 2,
    returns: 2,
    handovers: 4,
    splits: named.scheme.whenCut === 'allGoOn',
    synchLosses: 30,
    retransmissions: RETRANSMISSIONS,
    network: 24,
    synch: 8,
  }
  run = plainInterpreter(cluster(name, { scheme: withoutEsp(named.scheme), scope }, []))
  state = run.step(run.zero, run.initial[0]!).state as State
  socket.on('message', (datagram) => {
    const inner = decapsulated(datagram)
    const found = Object.entries(lab.networks).find(([, network]) => network === inner?.network)
    const [segment, party] = found?.[0].split(' ') ?? []
    if (inner && party) arrives(segment as Segment, party, inner.frame)
  })
  // The wire is at one address of this machine; gateways that are programs share the next.
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).bind(lab.port, '127.0.0.2', resolve)
  })
  await setUp()
  timer = setInterval(sendAgain, AGAIN)
  return {
    gateways: `the model of ${name}, run by the plain interpreter`,
    synch: [{ udpPort: SYNCH_PORT, byte: 1, kinds: KINDS }],
  }
}

/** What was not answered is sent again, and in the end given up. */
const sendAgain = (): void => {
  for (const instance of run.instances) {
    if (!/^(Cluster|Peer)(Retransmits|GivesUp)$/.test(instance.action.name)) continue
    if (!run.enabled(state, instance)) continue
    const { type: _, ...choice } = { type: '', ...instance.choice } as {
      type: string
      at?: Member
      ike: string
      place: 'even' | 'odd'
    }
    const end: EndView = choice.at === undefined ? state.model.peer : state.model.member[choice.at]
    const { retransmitted } = end.ike[choice.ike]!.requests[choice.place]
    // A request that was sent again often enough may be sent for ever in the model; here it is given up.
    if (retransmitted >= RETRANSMISSIONS === instance.action.name.endsWith('GivesUp')) take(instance)
  }
}

const sasOf = (party: string): Sas => {
  const end: EndView | undefined = party === 'P' ? state.model.peer : state.model.member[party as Member]
  const up = party === 'P' || state.model.member[party as Member].up
  if (!up) return { up, ike: [], children: [] }
  const children = [...(end.children as unknown as ReadonlySet<string>)]
  const spi = (child: string, by: string): string =>
    Buffer.from(`${by}${child}`.padEnd(4, '-')).toString('hex').slice(0, 8)
  const ends = party === 'P' ? ['p', 'c'] : ['c', 'p']
  return {
    up,
    ike: end.ike[FIRST_IKE]!.sa ? [FIRST_IKE] : [],
    children: children.map((child) => ({ in: spi(child, ends[0]!), out: spi(child, ends[1]!) })),
  }
}

const actingOf = (): string => members.find((member) => state.model.member[member as Member].onIke) ?? 'A'

const verbs = async (request: Exclude<DriverRequest, StartRequest>): Promise<object | undefined> => {
  switch (request.verb) {
    case 'ask': {
      const { at, exchange } = request
      if (at === 'P') must('PeerAsks', { exchange: 'createChild' })
      else must('ClusterAsks', { at, exchange: 'createChild' })
      return exchange === 'createChild' ? {} : { as: 'createChild' }
    }
    case 'packets': {
      const names = Array.from({ length: request.count }, () => `ping ${++pings}`)
      const to = request.from === 'P' ? actingOf() : 'P'
      for (const name of names)
        sendPacket(request.from, to, JSON.stringify({ kind: 'ask', name, from: request.from }))
      for (let i = 0; i < 20 && !names.every((name) => answered.has(name)); i++)
        await new Promise((resolve) => setTimeout(resolve, 25))
      return { answered: names.filter((name) => answered.has(name)).length }
    }
    case 'crash':
      must('Crashes', { of: request.member })
      esp.delete(request.member)
      return {}
    case 'takeover':
      must('TakesOver', { to: request.member })
      return {}
    case 'handover': {
      const pair = { from: request.member, to: request.to }
      must('HandsOver', { pair })
      return {}
    }
    case 'return':
      must('Returns', { of: request.member })
      return {}
    case 'sas':
      return sasOf(request.at)
  }
}

serve({
  start,
  serve: verbs,
  end() {
    clearInterval(timer)
    socket.close()
  },
})
