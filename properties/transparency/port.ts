/**
 * What arrives at the peer's port, taken or dropped, and what the peer asks. The peer's own numbers are as they are; contents of the
 * cluster are told apart by whether they came before: the members look all alike, and so do two IKE SAs that differ in nothing else.
 *
 * INTERPRETATION: observed at the port and not at the gateway: a request that waits for its acknowledgement may leave after an
 * answer which it would precede in a gateway, and a reordering network may do the same. What the peer acts on would be too little, for
 * it hides all that RFC 7296 makes it drop.
 */

import { addressesOf, agreedAddresses } from '../../model/constants/addressing.ts'
import { requestLimit } from '../../model/constants/budgets.ts'
import {
  type Address,
  type Constants,
  EXCHANGE,
  type Exchange,
  membersOf,
  type Scheme,
  SIDE,
} from '../../model/constants/constants.ts'
import { RESULT, trafficSasOf } from '../../model/state/cluster-state.ts'
import { highestIv, highestSent, ivPrefixes } from '../../model/state/esp-counters.ts'
import type { IkeFields } from '../../model/wire/events.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import type { Draft } from '../../src/modelling/draft.ts'
import { type Observer, observerOn } from '../../src/modelling/observer.ts'
import { each, oneOf, range, record, setOf } from '../../src/modelling/schema.ts'

const NAME: Readonly<Record<Exchange, string>> = {
  createChild: 'CREATE_CHILD_SA',
  rekeyChild: 'rekeying',
  deleteChild: 'DELETE',
  rekeyIke: 'IKE rekeying',
  deleteIke: 'IKE DELETE',
  liveness: 'INFORMATIONAL',
}

const idsOf = (constants: Constants): readonly string[] =>
  Array.from(
    { length: Math.max(1, ...SIDE.map((side) => requestLimit(constants, side))) },
    (_, i) => `id${i}`,
  )

/** What came first under a message ID. */
const firstContent = (constants: Constants) =>
  record({
    exchange: oneOf('none', ...EXCHANGE),
    task: range(0, idsOf(constants).length),
    by: oneOf<string>('none', 'P', ...membersOf(constants)),
    result: oneOf(...RESULT),
  })

/** What is remembered of IKE: the first content under each message ID, and the next ID that the peer asks under. */
const remembered = (constants: Constants) => {
  const first = firstContent(constants)
  return {
    requests: each(idsOf(constants), first),
    responses: each(idsOf(constants), first),
    asked: range(0, idsOf(constants).length),
  }
}

type First = Draft<ReturnType<typeof firstContent>>

/** The address that a message comes from, where it is not always one of those that the peer agreed to. */
const source = (constants: Constants, address: Address): string =>
  addressesOf(constants).length === 1 || agreedAddresses(constants).includes(address)
    ? ''
    : ` from ${address}`

/** What arrives, told by its ID, its exchange, and whether it differs from what came first under that ID. */
const arrived = (
  first: First,
  { type, messageId, exchange, task, by, result }: IkeFields,
  from: string,
): string => {
  const text = `${type} ${messageId}${from}: ${NAME[exchange]}`
  if (first.exchange === 'none') {
    first.exchange = exchange
    first.task = task
    first.by = by
    first.result = result
    return text
  }
  const same =
    first.exchange === exchange && first.task === task && first.by === by && first.result === result
  return `${text}${same ? ', again' : ', with other content'}`
}

/**
 * Whether IVs are looked at. Where one follows from the number, it comes again with its number; and random ones come again at a
 * single gateway too.
 */
const looksAtIvs = ({ esp }: Scheme): boolean => !['sequence', 'salted', 'random'].includes(esp.iv)

/** What is remembered of ESP: of each SA the highest number that came and those before it, as far as the peer's window reaches. */
const counted = (constants: Constants) => {
  const { scheme } = constants
  const sa = trafficSasOf(constants)
  const follows = !looksAtIvs(scheme)
  return {
    top: each(sa, record({ number: range(0, highestSent(constants)) })),
    came: each(sa, record({ numbers: setOf(range(0, highestSent(constants))) })),
    ivs: each(
      sa,
      each(ivPrefixes(constants), record({ used: setOf(range(0, follows ? 0 : highestIv(constants))) })),
    ),
    /** Of the packet that is sent in this step. */
    repeatsIv: range(0, 1),
  }
}

/** The observer; `goal` says which of its texts is an answer to the peer. */
export const port = (constants: Constants): Observer => {
  const { scheme, scope } = constants
  const width = scope.esp.window
  const follows = !looksAtIvs(scheme)
  const several = trafficSasOf(constants).length > 1
  const arrives = (
    memory: { requests: Record<string, First>; responses: Record<string, First> },
    e: IkeFields & { readonly receiver: string },
  ): string | undefined =>
    e.receiver === 'P'
      ? arrived(
          (e.type === 'request' ? memory.requests : memory.responses)[`id${e.messageId}`]!,
          e,
          source(constants, e.address),
        )
      : undefined
  return observerOn<WireEvents>()({
    memory: record({ ...remembered(constants), ...counted(constants) }),
    on: {
      ikeSent(memory, { sender, type, messageId }) {
        if (sender !== 'P' || type !== 'request' || messageId < memory.asked) return undefined
        memory.asked = messageId + 1
        return `request ${messageId} of the peer`
      },
      ikeReceived: arrives,
      ikeArrived: arrives,
      espSent(memory, { sender, sa, ivPrefix, iv }) {
        memory.repeatsIv = 0
        if (sender === 'P' || follows) return undefined
        const { used } = memory.ivs[sa]![ivPrefix]!
        if (used.has(iv)) memory.repeatsIv = 1
        used.add(iv)
        return undefined
      },
      espArrived(memory, { receiver, sa, sequenceNumber, origin }) {
        if (receiver !== 'P') return undefined
        const fresh = origin === 'sent'
        const iv = fresh && memory.repeatsIv === 1 ? ', with an IV that came before' : ''
        memory.repeatsIv = 0
        const top = memory.top[sa]!
        const { numbers } = memory.came[sa]!
        const text = `ESP ${sequenceNumber}${several ? ` of SA ${sa}` : ''}`
        // What the peer's window has passed is forgotten.
        if (sequenceNumber + width <= top.number) return `${text}, late${iv}`
        const before = numbers.has(sequenceNumber)
        numbers.add(sequenceNumber)
        if (sequenceNumber > top.number) {
          for (
            let n = Math.max(0, top.number - width + 1);
            n + width <= sequenceNumber && n <= top.number;
            n++
          )
            numbers.delete(n)
          top.number = sequenceNumber
        }
        return `${text}${before ? (fresh ? ', with other content' : ', again') : ''}${iv}`
      },
    },
  })
}

/** Answers to the peer are goals: the first response under each of its IDs. */
export const answered = (text: string): string | undefined => {
  const [, id] = /^response (\d+)[^:]*: [^,]*$/.exec(text) ?? []
  return id === undefined ? undefined : `an answer under ID ${id}`
}
