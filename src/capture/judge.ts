/** Judges a capture: packets in, at the end everything that is known of it. */
import { labelOf, type Monitor, type Property } from '../modelling/property.ts'
import { poolOf } from '../state/numbers.ts'
import { childSas } from './esp/child-sas.ts'
import { clearWatch } from './esp/cleartext.ts'
import { MOST_PACKETS } from './esp/recent-packets.ts'
import type { Scene } from './evidence/context.ts'
import { type Finding, findingsSince, type Moment } from './evidence/findings.ts'
import { membersOf, type Takeover, withSilences } from './evidence/members.ts'
import { negotiations } from './evidence/negotiations.ts'
import { storyOf } from './evidence/recent-frames.ts'
import { sidesOf } from './evidence/sides.ts'
import { DISORDER, type InOrder, type KeptFrame } from './formats/in-order.ts'
import { type Ending, type RawFrame, recordReader } from './formats/records.ts'
import { ikeSas } from './ike/ike-sas.ts'
import { insideOf } from './packets/ike-inside.ts'
import { type KeyTable, openMessage } from './packets/ike-keys.ts'
import { type EspPacket, type IkePacket, type Packet, packetReader, type Skipped } from './packets/packets.ts'
import type { CaptureResult, Judged, Note, Remedy } from './result.ts'

/** How a capture is to be judged. */
export interface CaptureOptions {
  readonly monitors: readonly Monitor[]
  /** Properties that no monitor decides here, and of which a capture shows symptoms. */
  readonly symptoms: readonly Property[]
  /** Of captures whose frames are taken in the order of time, rather than their bytes. */
  readonly order?: Omit<InOrder, 'frames'>
  /** Addresses of the cluster, as far as the user names them. */
  readonly cluster?: readonly string[]
  /** What to do about a violation, by label. */
  readonly remedies?: Readonly<Record<string, Remedy>>
  /** UDP ports besides 500 and 4500. */
  readonly ikePorts: readonly number[]
  /** Packets that the window of a receiver spans. */
  readonly window: number
  /** Keys of IKE SAs; an empty table when there are none. */
  readonly keys: KeyTable
  /** Told every IKE message that was not captured twice, with a digest of its bytes. */
  readonly observe?: (packet: IkePacket, digest: number) => void
  /** Told every ESP and AH packet with the name of its SA and the member that sends, once it has been judged. */
  readonly watch?: Watch
  /** Violations before this do not count: seconds since 1970, or since the first frame. */
  readonly since?: { readonly time: number; readonly relative: boolean }
}

export type Watch = (packet: EspPacket, member: string, isReused: boolean) => void

/** Takes a capture in chunks. `push` and `end` throw `CaptureFault` for what is none. */
export interface CaptureJudge {
  push(chunk: Uint8Array): void
  /** Takes the next frame in the order of time, of one or several captures of one event; numbered over all of them. */
  take(kept: KeptFrame): void
  /** What has been found and noted so far; certainty can change until the end. */
  sofar(): SoFar
  end(ending?: Ending): CaptureResult
}

/** What is known while packets come. */
export interface SoFar {
  readonly findings: readonly Finding[]
  readonly notes: readonly Note[]
  /** Those after which the address has spoken again. */
  readonly takeovers: readonly Takeover[]
  /** Which addresses are those of the cluster, and by what. */
  readonly cluster: CaptureResult['cluster']
  /** Time of the first frame, seconds since 1970. */
  readonly start: number
}

/** Units for numbers, and records, that the memory of one monitor on one SA may take. */
const LIMITS = { numbers: 65_536, records: 4096 }
/** Units that the memories of all SAs may take together. */
const POOL = 2 ** 22
const MOST_NOTES = 64
/** What says that a number or an IV was used before. */
const REUSE = ['SEQ-1', 'SEQ-3', 'IV-1']
/** The surest first. */
const ORDER = ['certain', 'unless negotiated again', 'if counter mode', 'undecided', 'sign'] as const
/** Names of what could not be opened that are kept. */
const MOST_NAMES = 64

const AS_IT_STANDS =
  'this frame is earlier than one before it; frames are judged as they come, so that reuse which an exchange may explain is undecided: put the file in order with reordercap'
const sortedText = (moved: number): string =>
  `${moved === 1 ? '1 frame stood' : `${moved} frames stood`} out of order in the file; all are judged in the order of their times and numbered so, as reordercap writes them`
const momentOf = ({ number, time }: RawFrame): Moment => ({ frame: number, time })

export const captureJudge = (options: CaptureOptions): CaptureJudge => {
  const { monitors, symptoms, cluster = [], ikePorts, window, keys, since, observe, order } = options
  const attention = { arose: new Set<string>(), told: new Map<string, number>() }
  const packets = { esp: 0, ike: 0, arp: 0, other: 0 }
  const skipped: { [why in Skipped]?: number } = {}
  const unopened = new Map<string, number>()
  const notes: Note[] = []
  let droppedNotes = 0
  let opened = 0
  let frames = 0
  let start = 0
  let unreadAt = -1
  let isDisordered = false
  /** Of the frame at hand: whether something in it makes no sense, and whether it gave a packet all the same. */
  let isMalformed = false
  let isHanded = false
  let last = 0
  const sinceTime = (): number => (since ? since.time + (since.relative ? start : 0) : -Infinity)

  const isAlone = (frame: number): boolean => order?.alone.has(frame) === true

  const kept = findingsSince(sinceTime)
  /** Whether the number or the IV of the packet at hand was used before. */
  let isReused = false
  const members = membersOf()
  const scene: Scene = {
    monitors,
    limits: { ...LIMITS, pool: poolOf(POOL) },
    attention,
    findings: {
      ...kept,
      add(label, subject, at, instance, group) {
        isReused ||= REUSE.includes(label)
        return kept.add(label, subject, at, instance, group)
      },
    },
    members,
    sides: sidesOf(cluster, members),
    story: storyOf(),
    window,
    negotiations: negotiations(keys.size > 0, isAlone),
    observe,
    unreadAt: () => unreadAt,
    isDisordered: () => isDisordered,
    isAlone,
    capture: () => capture,
    captures: () => captures,
    note({ frame, time }, text) {
      if (notes.length < MOST_NOTES) notes.push({ frame, time, text })
      else droppedNotes += 1
    },
  }
  const children = childSas(scene)
  const ikes = ikeSas(scene)
  const clear = clearWatch()
  const { story } = scene

  const takeIke = (packet: IkePacket, speak: () => string): string => {
    const { header, bytes } = packet
    const { isProtected, fragment } = header
    const payloads = isProtected && !fragment ? openMessage(keys, header, bytes) : undefined
    const inside = payloads && insideOf(payloads, header.innerType)
    if (inside) opened += 1
    scene.negotiations.take(packet, inside)
    return ikes.take(packet, speak, inside)
  }

  const take = (packet: Packet): void => {
    const { kind, frame, time, sourceMac } = packet
    packets[kind] += 1
    isHanded = true
    if (kind === 'other') {
      if (clear.other(packet)) {
        const text = `IP protocol ${packet.protocol} in clear, ${packet.source} to ${packet.target}`
        story.add({ frame, time, address: packet.source, member: '', to: packet.target, text })
      }
      return
    }
    if (kind === 'arp') {
      const before = members.current(packet.address)
      const member = members.heard(
        packet.address,
        packet.sender,
        frame,
        time,
        packet.gratuitous ? 'gratuitous' : 'asked',
      )
      if (packet.gratuitous || member !== before)
        story.add({
          frame,
          time,
          address: packet.address,
          member,
          to: '',
          text: packet.gratuitous ? 'gratuitous ARP' : 'ARP',
        })
      return
    }
    const { source, target, ttl } = packet
    // Not of copies: a mirror may show them with the Ethernet address and the TTL of a router.
    const speak = (): string => {
      members.ttl(source, kind === 'esp' ? packet.protocol : 'IKE', ttl, frame, time)
      return members.heard(source, sourceMac, frame, time)
    }
    clear.gateway(packet)
    isReused = false
    const text = kind === 'esp' ? children.take(packet, speak) : takeIke(packet, speak)
    story.add({ frame, time, address: source, member: members.current(source), to: target, text })
    if (kind === 'esp') options.watch?.(packet, members.current(source), isReused)
  }

  const reader = packetReader(ikePorts, {
    packet: take,
    skipped(why) {
      if (why === 'malformed' || why === 'damaged') isMalformed = true
      skipped[why] = (skipped[why] ?? 0) + 1
    },
    unopened(name) {
      if (unopened.has(name) || unopened.size < MOST_NAMES) unopened.set(name, (unopened.get(name) ?? 0) + 1)
    },
  })
  const takeFrame = (frame: RawFrame): void => {
    frames += 1
    if (frames === 1) {
      start = frame.time
      if (order && order.moved > 0) scene.note(momentOf(frame), sortedText(order.moved))
    }
    if (frames > 1 && frame.time < last - DISORDER && !isDisordered) {
      isDisordered = true
      scene.note(momentOf(frame), AS_IT_STANDS)
    }
    last = frames === 1 ? frame.time : Math.max(last, frame.time)
    isMalformed = false
    isHanded = false
    reader.read(frame)
    if (isMalformed && !isHanded) unreadAt = frames
  }
  const records = recordReader(takeFrame, () => {
    unreadAt = frames
  })
  let capture = 0
  let captures = 1

  const judgedOf = (property: Monitor | Property, told: number, arose: boolean | undefined): Judged => {
    const label = labelOf(property)
    const found = scene.findings
      .all()
      .filter((finding) => finding.label === label && finding.certainty !== 'dismissed')
    const certainty = ORDER.find((c) => found.some((f) => f.certainty === c))
    const verdict =
      certainty === undefined
        ? told === 0
          ? 'vacuous'
          : 'clean'
        : certainty === 'sign' || certainty === 'undecided'
          ? certainty
          : 'violated'
    const { name, sentence = '', source = '' } = property
    const remedy = certainty && options.remedies?.[label]
    return {
      label,
      name,
      sentence,
      source,
      verdict,
      findings: found,
      told,
      arose,
      ...(certainty && { certainty }),
      ...(remedy && { remedy }),
    }
  }

  return {
    push: (chunk) => records.push(chunk),
    take({ frame, capture: from, afterUnread }) {
      capture = from
      captures = Math.max(captures, from + 1)
      if (afterUnread) unreadAt = frames
      takeFrame(frame)
    },
    sofar: () => ({
      findings: scene.findings.all(),
      notes,
      takeovers: members.takeovers().filter(({ silences }) => silences.length > 0),
      cluster: { addresses: scene.sides.cluster(), how: scene.sides.how() },
      start,
    }),
    end(ending = 'whole') {
      const damage = order?.damage ?? records.end(ending)
      reader.end()
      children.end({ frame: frames, time: last })
      ikes.end()
      const dropped = children.dropped()
      const sas = children.all()
      const gateways = new Set([
        ...sas.flatMap(({ sources, target }) => [...sources, target]),
        ...ikes.all().flatMap(({ initiator, responder }) => [initiator, responder]),
      ])
      return {
        frames,
        start,
        seconds: Math.max(0, last - start),
        packets,
        skipped,
        unopened: Object.fromEntries(unopened),
        damage,
        interrupted: ending === 'interrupted',
        incompleteDatagrams: reader.incomplete(),
        openedMessages: opened,
        verdicts: [
          ...monitors.map((m) =>
            judgedOf(m, attention.told.get(labelOf(m)) ?? 0, attention.arose.has(labelOf(m))),
          ),
          ...symptoms.map((property) => judgedOf(property, packets.ike, undefined)),
        ],
        childSas: sas,
        ikeSas: ikes.all(),
        takeovers: withSilences(
          members.takeovers().filter(({ address }) => gateways.has(address)),
          sas,
        ),
        cluster: { addresses: scene.sides.cluster(), how: scene.sides.how() },
        clear: clear.all(),
        notes,
        droppedNotes,
        bounds: {
          packets: MOST_PACKETS,
          forgotten: children.forgotten(),
          droppedSas: dropped.forgotten + ikes.dropped(),
          unlistedSas: dropped.unlisted,
          droppedFindings: scene.findings.dropped(),
        },
      }
    },
  }
}
