/**
 * The wire of a drill: a switch that knows what each frame is. Open, it forwards by Ethernet address as any switch
 * does. Closed, it holds IKE messages, ESP packets if told so, and synch messages, until each is passed on or dropped
 * by what it is. It touches neither network nor files: frames are given to it, and it gives frames back.
 */
import type { Bytes } from '../capture/formats/bytes.ts'
import {
  addressIn,
  type FrameKind,
  frameKind,
  readdressed,
  type SynchClassifier,
  withoutChecksum,
} from './frames.ts'
import { type MessageName, messageKey } from './operations.ts'

/** Where gateways are attached: one segment to the peer, one between the members. */
export type Segment = 'net' | 'synch'

/** What the switch gives back. */
export interface Outside {
  send(segment: Segment, party: string, frame: Bytes): void
  /** A frame for a capture: as it was sent, as the peer sends and receives, or on the synch channel. */
  record(capture: 'senders' | 'peer' | 'synch', frame: Bytes): void
}

export const CAPTURES = ['senders', 'peer', 'synch'] as const

/** What became of a frame. */
export type Fate = 'forwarded' | 'held' | 'dropped' | 'passed'

/** A line of the log: a frame that came, or one that was held and went on. */
export interface Seen {
  readonly number: number
  /** Seconds since 1970. */
  readonly time: number
  readonly segment: Segment
  readonly from: string
  /** Who it was given to; absent: who it was meant for, or nobody. */
  readonly to?: string
  readonly what: FrameKind
  readonly fate: Fate
}

type Ike = Extract<FrameKind, { readonly kind: 'ike' }>
type Esp = Extract<FrameKind, { readonly kind: 'esp' }>

interface Held<K> {
  readonly from: string
  readonly what: K
  readonly frame: Bytes
}

interface HeldIke extends Held<Ike> {
  /** It was waited for. */
  taken: boolean
}

interface HeldSynch extends Held<FrameKind> {
  readonly about: string
  gone: boolean
}

/** What the closed switch knows of the IKE SA that was set up while it was open. */
export interface FollowedSa {
  readonly spis: string
  readonly initiator: string
  /** The next message ID of each end. */
  readonly next: { readonly initiator: number; readonly responder: number }
}

/** An IKE message that came instead of the one that was waited for. */
export interface Instead {
  readonly from: string
  readonly text: string
}

export interface Waiting {
  readonly found: boolean
  /** Messages on the wire that nobody has waited for. */
  readonly instead: readonly Instead[]
}

interface Waiter {
  readonly message: MessageName
  readonly from: string
  readonly done: (found: boolean) => void
}

/** An IKE message in words. */
export const ikeText = ({ response, messageId, exchange, asker }: Ike): string =>
  `${exchange} ${response ? 'response' : 'request'} ${messageId} of the original ${asker}`

export class Switch {
  readonly log: Seen[] = []
  readonly #outside: Outside
  readonly #now: () => number
  readonly #ports = new Map<string, string>()
  /** By Ethernet address, behind the segment: which party has it. */
  readonly #stations = new Map<string, string>()
  readonly #down = new Set<string>()
  #synch: readonly SynchClassifier[] = []
  #told: readonly string[] = []
  #closed = false
  /** It was closed before, so that message IDs are counted from there. */
  #counts = false
  #cut = false
  #holdsEsp = false
  #sa: { spis: string; initiator: string; next: { initiator: number; responder: number } } | undefined
  readonly #ike: HeldIke[] = []
  readonly #esp: Held<Esp>[] = []
  readonly #synchHeld: HeldSynch[] = []
  /** By message of the model: the digest of what it is on the wire. */
  readonly #bound = new Map<string, number>()
  readonly #latest = new Map<string, HeldIke>()
  #waiters: Waiter[] = []

  /** `now`: seconds since 1970. */
  constructor(outside: Outside, now: () => number) {
    this.#outside = outside
    this.#now = now
  }

  /** The IKE SA that was set up last. */
  get sa(): FollowedSa | undefined {
    return this.#sa
  }

  /** How synch messages are told apart. Nothing of the channel is let through where `cut`. */
  classify(synch: readonly SynchClassifier[], cut: boolean): void {
    this.#synch = synch
    this.#cut = cut
  }

  /** From now on messages are held; of synch messages those of kinds in `told`, while others with a kind are dropped. */
  close(told: readonly string[]): void {
    this.#closed = true
    this.#counts = true
    this.#told = told
  }

  /** Drops what is held, and forwards again. Synch messages that the scheme does not have are dropped still. */
  open(): void {
    this.#closed = false
    this.#holdsEsp = false
    this.#ike.length = 0
    for (const held of this.#synchHeld) held.gone = true
  }

  cut(): void {
    this.#cut = true
  }

  holdEsp(hold: boolean): void {
    this.#holdsEsp = hold
  }

  /** Nothing goes to a party or comes from it. */
  plug(party: string, isIn: boolean): void {
    if (isIn) this.#down.delete(party)
    else this.#down.add(party)
  }

  /** A frame comes from a party. */
  take(segment: Segment, party: string, bytes: Bytes): void {
    if (bytes.length < 14) return
    const frame = withoutChecksum(bytes)
    const what = frameKind(frame, segment === 'synch' ? this.#synch : [])
    if (this.#down.has(party)) return
    this.#stations.set(segment + addressIn(frame, 'from'), party)
    this.#ports.set(segment + party, addressIn(frame, 'from'))
    if (segment === 'synch') this.#outside.record('synch', frame)
    else {
      this.#outside.record('senders', frame)
      if (party === 'P') this.#outside.record('peer', frame)
    }
    const fate = this.#fateOf(segment, party, what, frame)
    this.#note(segment, party, what, fate)
    if (fate === 'forwarded') this.#forward(segment, party, frame)
    if (what.kind === 'ike') {
      if (!this.#counts) this.#follow(party, what)
      this.#tryWaiters()
    }
  }

  #fateOf(segment: Segment, party: string, what: FrameKind, frame: Bytes): Fate {
    if (segment === 'synch') {
      if (this.#cut) return 'dropped'
      if (what.kind !== 'synch' || what.about === 'other') return 'forwarded'
      if (this.#told.length > 0 || this.#closed) if (!this.#told.includes(what.about)) return 'dropped'
      if (!this.#closed) return 'forwarded'
      this.#synchHeld.push({ from: party, what, frame, about: what.about, gone: false })
      return 'held'
    }
    if (what.kind === 'esp') {
      this.#esp.push({ from: party, what, frame })
      return this.#holdsEsp ? 'held' : 'forwarded'
    }
    if (what.kind !== 'ike' || what.setUp || !this.#closed) return 'forwarded'
    this.#ike.push({ from: party, what, frame, taken: false })
    return 'held'
  }

  /** Notes who set an IKE SA up, and which message IDs are used. */
  #follow(party: string, { spis, asker, response, messageId, setUp }: Ike): void {
    if (/^0{16}$/.test(spis.slice(16))) return
    if (this.#sa?.spis !== spis) {
      if (!setUp) return
      const isInitiator = (asker === 'initiator') !== response
      // The member that acts at the start sets the SA up.
      const initiator = isInitiator ? party : party === 'P' ? 'A' : 'P'
      this.#sa = { spis, initiator, next: { initiator: 0, responder: 0 } }
    }
    const { next } = this.#sa!
    next[asker] = Math.max(next[asker], messageId + 1)
  }

  #forward(segment: Segment, from: string, frame: Bytes): void {
    const to = this.#stations.get(segment + addressIn(frame, 'to'))
    const all = [...this.#ports.keys()]
      .filter((key) => key.startsWith(segment))
      .map((key) => key.slice(segment.length))
    // A port of which nothing came yet has no address, and is known to the outside alone.
    const parties = to === undefined ? [...new Set([...all, 'P', 'A', 'B', 'C'])] : [to]
    for (const party of parties) if (party !== from) this.#give(segment, party, frame)
  }

  #give(segment: Segment, party: string, frame: Bytes): void {
    if (this.#down.has(party)) return
    if (segment === 'net' && party === 'P') this.#outside.record('peer', frame)
    this.#outside.send(segment, party, frame)
  }

  #note(segment: Segment, from: string, what: FrameKind, fate: Fate, to?: string): void {
    const { length: number } = this.log
    this.log.push({ number, time: this.#now(), segment, from, what, fate, ...(to !== undefined && { to }) })
  }

  /** Waits for a message on the wire, for `ms` at most. */
  async await(message: MessageName, from: string, ms: number): Promise<Waiting> {
    const found = await new Promise<boolean>((resolve) => {
      const waiter: Waiter = {
        message,
        from,
        done: (found) => {
          clearTimeout(timer)
          resolve(found)
        },
      }
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter)
        resolve(false)
      }, ms)
      this.#waiters.push(waiter)
      this.#tryWaiters()
    })
    const rest = this.#ike.filter(({ taken, what }) => !taken && !this.#isBound(what))
    return { found, instead: found ? [] : rest.map(({ from, what }) => ({ from, text: ikeText(what) })) }
  }

  #tryWaiters(): void {
    for (const waiter of this.#waiters) {
      const held = this.#heldFor(waiter.message, waiter.from)
      if (!held) continue
      held.taken = true
      const key = messageKey(waiter.message)
      this.#bound.set(key, held.what.digest)
      this.#latest.set(key, held)
      this.#waiters = this.#waiters.filter((one) => one !== waiter)
      waiter.done(true)
    }
  }

  #isBound({ digest }: Ike): boolean {
    return [...this.#bound.values()].includes(digest)
  }

  /** A held frame that can be the message: the one it was before, or one that was none yet. */
  #heldFor(message: MessageName, from: string): HeldIke | undefined {
    const sa = this.#sa
    if (!sa) return undefined
    const asker = (message.initiator === 'peer') === (sa.initiator === 'P') ? 'initiator' : 'responder'
    const id = message.messageId + sa.next[asker]
    const known = this.#bound.get(messageKey(message))
    const like = this.#ike.filter(
      ({ taken, from: sender, what }) =>
        !taken &&
        sender === from &&
        what.spis === sa.spis &&
        what.asker === asker &&
        what.response === (message.type === 'response') &&
        what.messageId === id,
    )
    return known === undefined
      ? like.find(({ what }) => !this.#isBound(what))
      : like.find(({ what }) => what.digest === known)
  }

  /** Gives a message that was waited for to a party; whether there is one. */
  pass(message: MessageName, to: string): boolean {
    const held = this.#latest.get(messageKey(message))
    if (!held) return false
    this.#deliver('net', held.from, to, held.what, held.frame)
    return true
  }

  #deliver(segment: Segment, from: string, to: string, what: FrameKind, frame: Bytes): void {
    const address = this.#ports.get(segment + to)
    this.#note(segment, from, what, 'passed', to)
    this.#give(segment, to, address === undefined ? frame : readdressed(frame, address))
  }

  /** Notes that a message is lost. */
  drop(message: MessageName): void {
    const held = this.#latest.get(messageKey(message))
    if (held) this.#note('net', held.from, held.what, 'dropped')
  }

  /**
   * Passes or drops synch messages of these kinds: of one kind number `place` of those that were ever held, or the first
   * that is still there; of several kinds the first of each, or `all`. How many there were.
   */
  synch(
    fate: 'pass' | 'drop',
    from: string,
    to: string,
    kinds: readonly string[],
    { place, all }: { readonly place: number; readonly all: boolean },
  ): number {
    const ever = this.#synchHeld.filter((held) => held.from === from && kinds.includes(held.about))
    const there = ever.filter(({ gone }) => !gone)
    const first = there.filter(({ about }, i) => there.findIndex((held) => held.about === about) === i)
    const exact = ever[place]
    const chosen = kinds.length > 1 ? (all ? there : first) : exact?.gone === false ? [exact] : first
    for (const held of chosen) {
      held.gone = true
      if (fate === 'pass') this.#deliver('synch', from, to, held.what, held.frame)
      else this.#note('synch', from, held.what, 'dropped')
    }
    return chosen.length
  }

  /** Gives a copy of packet `number` that a party sent to another; whether there was one. */
  copy(from: string, to: string, number: number): boolean {
    const found = this.#esp.findLast((held) => held.from === from && held.what.number === number)
    if (!found) return false
    this.#deliver('net', from, to, found.what, found.frame)
    return true
  }

  /** ESP packets that each party has sent so far. */
  sentPackets(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const { from } of this.#esp) counts[from] = (counts[from] ?? 0) + 1
    return counts
  }
}
