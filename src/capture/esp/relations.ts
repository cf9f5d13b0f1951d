/**
 * Two streams of packets under one SPI that may be one SA: one goes on where the other was, from or to another address
 * or port; or its numbers start again after an exchange that may have negotiated the SPI anew. If they are one, numbers
 * that both have are reuse. What speaks for it is known only at the end.
 */
import type { Scene } from '../evidence/context.ts'
import type { Certainty, Description, Moment } from '../evidence/findings.ts'
import type { Members } from '../evidence/members.ts'
import type { Exchange, Explained } from '../evidence/negotiations.ts'
import { macText } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import type { ChildState, Clash, Relation } from './child-sa.ts'
import { agreesInHalf, compared, type Print, sameIv } from './recent-packets.ts'

/** Streams that take turns so often, with numbers of their own, are both active. */
const BOTH_ACTIVE = 2
const MOST_FRAMES = 64

/** Whether an address is that of a group, or of everybody. */
const isMulticast = (address: string): boolean => {
  const first = Number.parseInt(address, 10)
  return address.includes(':')
    ? /^ff/i.test(address)
    : (first >= 224 && first < 240) || address === '255.255.255.255'
}

/** Relates a new stream with an earlier one; `exchange` may have negotiated it. */
export const related = (
  earlier: ChildState,
  later: ChildState,
  packet: EspPacket,
  exchange: Exchange | undefined,
): Relation => {
  const explained: Explained | undefined = exchange && { usedUp: undefined }
  if (exchange && explained) {
    exchange.left.delete(packet.target)
    exchange.explains.set(packet.target, explained)
  }
  return {
    earlier,
    later,
    ...(exchange && { exchange }),
    ...(explained && { explained }),
    against: exchange ? objections(earlier, packet, exchange) : () => [],
    last: earlier,
    switches: 0,
    sameIvs: 0,
    copies: 0,
  }
}

/** What speaks against an exchange as the reason why numbers start again. */
const objections = (
  earlier: ChildState,
  { source, target, sourceMac, ports }: EspPacket,
  exchange: Exchange,
): ((members: Members) => readonly string[]) => {
  const { mac, highestAt, origin } = earlier
  const isNew = exchange.since.frame > highestAt
  // One frame with an Ethernet address may be damaged: a station has sent several.
  return (members) => {
    const isStation = (one: number | undefined): one is number =>
      one !== undefined && one >= 0 && members.isStation(source, one)
    const text: string[] = []
    const before = exchange.macs.get(source)
    if (isStation(before) && isStation(sourceMac) && before !== sourceMac)
      text.push(`it was made with ${macText(before)}, and ${macText(sourceMac)} sends now`)
    else if (isStation(mac) && isStation(sourceMac) && mac !== sourceMac && !isNew)
      text.push('another member sends than before, while the receiver, which chooses the SPI, is the same')
    if (!isNew && origin !== undefined && origin !== exchange.ike && exchange.isOfKnown())
      text.push('it belongs to another IKE SA')
    const port = exchange.ports.get(target)
    if (ports && port !== undefined && port !== ports[1])
      text.push(`it went to UDP port ${port}, and these packets go to ${ports[1]}`)
    return text
  }
}

/**
 * Takes note of who speaks, and whether its numbers go on above those of the other, as they do where one SA moves;
 * whether both turn out to be active.
 */
export const speaks = (relation: Relation, state: ChildState, goesOn: boolean): boolean => {
  if (relation.last === state) return false
  relation.last = state
  if (goesOn) return false
  relation.switches += 1
  return relation.switches === BOTH_ACTIVE && !relation.exchange
}

/** Whether two senders use one SPI at one address, which is a collision of SPIs. */
export const isCollision = ({ earlier, later, sameIvs, copies }: Relation): boolean =>
  earlier.target === later.target &&
  earlier.network === later.network &&
  earlier.sources[0] !== later.sources[0] &&
  !isMulticast(later.target) &&
  sameIvs === 0 &&
  copies === 0

/**
 * Compares a packet with what the other stream had under its number. `same`: it is a copy of that. What clashes is
 * counted where the packet counts, at `at`.
 */
export const crossChecked = (
  relation: Relation,
  other: ChildState,
  state: ChildState,
  number: number,
  print: Print,
  describe: (label: string, known: Print) => Description,
  at: Moment | undefined,
): 'same' | 'other' => {
  const known = other.recent.get(number)
  if (!known) return 'other'
  const found = compared(known, print)
  if (found === 'same') return 'same'
  if (!at) return 'other'
  const clash = (label: string, before: Clash | undefined): Clash => {
    const made = before ?? {
      count: 0,
      frames: [],
      first: { ...describe(label, known), frame: at.frame, time: at.time },
    }
    made.count += 1
    if (made.frames.length < MOST_FRAMES) made.frames.push(at.frame)
    return made
  }
  if (found === 'unclear' || agreesInHalf(known, print)) {
    relation.unclear = clash('unclear', relation.unclear)
    return 'other'
  }
  relation.numbers = clash('SEQ-1', relation.numbers)
  if (state.protocol === 'ESP' && sameIv(known, print)) {
    relation.sameIvs += 1
    relation.ivs = clash('IV-1', relation.ivs)
  }
  return 'other'
}

/** How sure it is that two streams are one SA, and why. */
const assessed = (
  relation: Relation,
  members: Members,
  cluster: readonly string[],
): { readonly certainty: Certainty; readonly evidence: string } => {
  const { earlier, later, exchange, explained, against, switches } = relation
  // An IV that is not the number itself is drawn anew with a new key.
  const isDrawn = ['masked number', 'counter', 'random'].includes(earlier.ivs.evidence().class)
  const sameIvs = relation.sameIvs > 0 && isDrawn
  if (exchange) {
    const frame = exchange.frame
    if (explained?.usedUp)
      return {
        certainty: 'certain',
        evidence: `the exchange of frame ${frame} negotiated something else, seen in frame ${explained.usedUp.frame}`,
      }
    const objections = [...against(members), ...(sameIvs ? ['the IVs are those of before'] : [])]
    return objections.length > 0
      ? {
          certainty: 'unless negotiated again',
          evidence: `against a new SA by the exchange of frame ${frame}: ${objections.join('; ')}`,
        }
      : {
          certainty: 'sign',
          evidence: `the exchange of frame ${frame} may have negotiated this SPI again, with another key; if not, this is reuse`,
        }
  }
  if (earlier.network !== later.network) {
    if (sameIvs) return { certainty: 'sign', evidence: 'the IVs are the same in both networks' }
    const isTagged = earlier.network !== '' && later.network !== ''
    return isTagged || switches >= BOTH_ACTIVE || earlier.sources[0] !== later.sources[0]
      ? { certainty: 'dismissed', evidence: 'separate networks' }
      : {
          certainty: 'sign',
          evidence: `one comes in ${earlier.network || later.network} and the other in none: separate networks, or one of which the tag was captured at one place only; then this is reuse`,
        }
  }
  const bySource = earlier.sources[0] !== later.sources[0]
  if (isMulticast(later.target) && bySource)
    return { certainty: 'dismissed', evidence: 'each sender to a multicast address counts for itself' }
  if (sameIvs) return { certainty: 'certain', evidence: 'both have the same IVs' }
  if (
    switches >= BOTH_ACTIVE &&
    bySource &&
    [earlier, later].every(({ sources }) => cluster.includes(sources[0]!))
  )
    return {
      certainty: 'unless negotiated again',
      evidence: 'both addresses are those of the cluster, and an SPI names one SA at the peer',
    }
  if (switches >= BOTH_ACTIVE)
    return { certainty: 'dismissed', evidence: 'both are active, each with numbers of its own' }
  if (earlier.target !== later.target && members.hasMoved(earlier.target, later.target))
    return {
      certainty: 'certain',
      evidence: `the SA has moved: what ${earlier.target} has sent comes from ${later.target}`,
    }
  if (earlier.target !== later.target)
    return {
      certainty: 'sign',
      evidence: `the SA may have moved from ${earlier.target} to ${later.target}, or the SPI be that of another`,
    }
  if (
    !bySource &&
    earlier.origin !== undefined &&
    later.origin !== undefined &&
    earlier.origin !== later.origin
  )
    return {
      certainty: 'sign',
      evidence:
        'an IKE SA of each of the two pairs of ports has negotiated a child SA: two clients behind one NAT may have chosen one SPI; if not, this is reuse',
    }
  const changed = bySource
    ? `${later.sources[0]} sends where ${earlier.sources[0]} has`
    : 'the UDP ports have changed'
  return { certainty: 'certain', evidence: `${changed}, and what was before is silent` }
}

/** Numbers that start again from another address say nothing of a move until it turns out that it was one. */
const noteMove = (earlier: ChildState, later: ChildState, members: Members): void => {
  const [from, to] = [earlier.sources[0]!, later.sources[0]!]
  if (from !== to && !members.hasMoved(from, to))
    members.moves(from, to, later.first, `${earlier.name} goes on from ${to}`, earlier.last)
}

/** The same of a stream of one packet, whose addresses or SPI may be damaged. */
const doubted = ({ certainty, evidence }: ReturnType<typeof assessed>): ReturnType<typeof assessed> => ({
  certainty: certainty === 'sign' ? certainty : 'undecided',
  evidence: `${evidence}; one packet only, whose addresses may be damaged`,
})

/** Adds what clashes between two streams to the findings. */
export const conclude = (relation: Relation, { findings, members, sides }: Scene): void => {
  const { earlier, later, numbers, ivs, unclear } = relation
  if (!numbers && !unclear) return
  const found = assessed(relation, members, sides.cluster())
  if (found.certainty === 'dismissed') return
  if (found.certainty === 'certain' && earlier.target === later.target) noteMove(earlier, later, members)
  const isOne = (numbers?.count ?? 0) < 2 && (earlier.packets < 2 || later.packets < 2)
  const { certainty, evidence } = isOne ? doubted(found) : found
  const labels: readonly (readonly [label: string, clash: Clash | undefined, certainty: Certainty])[] = [
    ['SEQ-1', numbers, certainty],
    ['IV-1', ivs, certainty],
    ['SEQ-1', unclear, certainty === 'sign' ? 'sign' : 'undecided'],
  ]
  for (const [label, clash, sure] of labels) {
    if (!clash) continue
    if (label === 'SEQ-1' && sure !== 'undecided') later.reused += clash.count
    if (label === 'IV-1') later.ivsRepeated += clash.count
    const finding = findings.put({
      label,
      subject: later.name,
      certainty: sure,
      evidence,
      count: clash.count,
      frames: clash.frames,
      first: clash.first,
    })
    if (label === 'IV-1') later.ivFindings.push({ finding, atMost: sure })
  }
}
