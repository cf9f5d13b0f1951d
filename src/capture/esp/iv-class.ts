/**
 * How the eight octets behind the sequence number come about, as far as packets show: the IV of a counter mode that is
 * the number itself, the number under a mask, or a counter; or the random IV of CBC; or no IV at all.
 */

import type { Moment } from '../evidence/findings.ts'

/** The generator that the packets fit. */
export type IvClass =
  | 'sequence number'
  | 'masked number'
  | 'counter'
  | 'random'
  | 'repeating'
  | 'none'
  | 'too few packets'

/** What is known of the IVs of an SA. */
export interface IvEvidence {
  readonly class: IvClass
  /** Masks or offsets, each with its packets: one for each instance of a sender. */
  readonly instances: number
  /** Whether the lengths of all packets fit CBC with one length of the ICV. */
  readonly lengthsFitCbc: boolean
  /** Whether a counter mode is likely: for, against, or neither. */
  readonly counterMode: 'for' | 'against' | 'unknown'
  /** One clause. */
  readonly text: string
}

/** Senders that are told apart by their masks or offsets. */
const MOST_INSTANCES = 8
/** Offsets that are kept in this way while masks are constant. */
const FEW = 2
const ICV = [12, 16, 24, 32]
/** SPI, sequence number and an IV of 16 octets. */
const CBC_OVERHEAD = 24

export interface IvClassifier {
  /**
   * Takes a packet in, and the last before it. The instance of a sender that it comes from once that one has shown
   * itself twice, else undefined.
   */
  take(
    number: number,
    high: number,
    low: number,
    length: number,
    at: Moment,
    before: Moment,
  ): Instance | undefined
  /** The high half of the number by the IV, where it is the whole number under a mask that is known. */
  half(low: number, ivHigh: number, ivLow: number): number | undefined
  /**
   * Whether number and IV do not belong together: half of the IV is what the mask of nearly all packets makes of the
   * number, and the other half is not. One of the two was damaged, or a mask has changed in one half only.
   */
  isTorn(number: number, ivHigh: number, ivLow: number, options?: TornOptions): boolean
  evidence(): IvEvidence
}

export interface TornOptions {
  /** The half that agrees must be a secret and not 0, which members have in common that draw only the other half. */
  readonly bySecret?: boolean
}

/** What is constant of the IVs of one start of a generator. */
export interface Instance {
  high: number
  readonly low: number
  packets: number
  /** Its first packet, and the last of the SA before that. */
  readonly first: Moment
  readonly before: Moment
  /** The order in which instances were confirmed. */
  index?: number
}

/** Instances that share what is constant of their IVs; too many mean that nothing is. */
class Group {
  #known: Instance[] = []
  #confirmed = 0
  #overflown = false

  /**
   * `most`: instances that are kept in the hope that they show themselves again. `isNextHalf`: the number is in another
   * half than that before it. What half that is need not be known, and may not be part of the IV: the high half of the
   * mask may then seem to change, but not the low one, if that is a secret.
   */
  take(
    high: number,
    low: number,
    at: Moment,
    before: Moment,
    most = MOST_INSTANCES,
    isNextHalf = false,
  ): Instance | undefined {
    if (this.#overflown) return undefined
    const known = this.#known
    let instance: Instance | undefined
    for (const one of known) if (one.high === high && one.low === low) instance = one
    if (!instance && isNextHalf && low !== 0) {
      instance = this.byLow(low)
      if (instance) instance.high = high
    }
    if (!instance) {
      instance = { high, low, packets: 0, first: { frame: at.frame, time: at.time }, before }
      // Exactly as long as needed: there is one for each SA.
      this.#known = [...known, instance]
    }
    instance.packets += 1
    if (instance.packets === 2) instance.index = this.#confirmed++
    if (this.#known.length > MOST_INSTANCES || this.#known.length - this.#confirmed > most) {
      // A mask that was seen once among many is noise; as many confirmed ones are none.
      this.#known = this.confirmed()
      this.#overflown = this.#known.length === 0 || this.#known.length > MOST_INSTANCES
    }
    return instance
  }

  confirmed(): Instance[] {
    return this.#known.filter(({ packets }) => packets > 1)
  }

  byLow(low: number): Instance | undefined {
    return this.#known.find((i) => i.low === low && i.packets > 1)
  }

  isTorn(high: number, low: number, bySecret: boolean): boolean {
    const confirmed = this.confirmed()
    const agrees = (a: number, b: number) => a === b && !(bySecret && a === 0)
    return (
      !confirmed.some((i) => i.high === high && i.low === low) &&
      confirmed.some((i) => agrees(i.high, high) || agrees(i.low, low))
    )
  }

  constant(): boolean {
    return !this.#overflown && this.#confirmed > 0
  }

  /** Packets of confirmed instances. */
  fitting(): number {
    return this.#known.reduce((sum, { packets }) => sum + (packets > 1 ? packets : 0), 0)
  }

  zero(): boolean {
    return this.#known.length > 0 && this.confirmed().every((i) => i.high === 0 && i.low === 0)
  }

  size(): number {
    return this.confirmed().length
  }
}

export const ivClassifier = (): IvClassifier => new Classifier()

/** A class, for there is one for each SA. */
class Classifier implements IvClassifier {
  #packets = 0
  readonly #masks = new Group()
  readonly #offsets = new Group()
  /** Lengths of the ICV with which all packets fit CBC: a bit for each of `ICV`. */
  #fits = (1 << ICV.length) - 1
  #same = 0
  #isHeader = false
  #lastHigh = -1
  #lastLow = -1
  /** The half of the last number. */
  #half = -1

  take(
    number: number,
    high: number,
    low: number,
    length: number,
    at: Moment,
    before: Moment,
  ): Instance | undefined {
    this.#packets += 1
    for (let i = 0; this.#fits !== 0 && i < ICV.length; i++) {
      const encrypted = length - CBC_OVERHEAD - ICV[i]!
      if (encrypted < 16 || encrypted % 16 !== 0) this.#fits &= ~(1 << i)
    }
    if (high === this.#lastHigh && low === this.#lastLow) this.#same += 1
    this.#isHeader = looksLikeIp(high, low, length)
    this.#lastHigh = high
    this.#lastLow = low
    const masks = this.#masks
    const numberHigh = Math.floor(number / 2 ** 32)
    const isNextHalf = this.#half !== -1 && this.#half !== numberHigh
    this.#half = numberHigh
    const mask = masks.take(
      (high ^ numberHigh) >>> 0,
      (low ^ number) >>> 0,
      at,
      before,
      MOST_INSTANCES,
      isNextHalf,
    )
    const borrow = low < number % 2 ** 32 ? 1 : 0
    const offset = this.#offsets.take(
      (high - numberHigh - borrow) >>> 0,
      (low - number) >>> 0,
      at,
      before,
      masks.constant() ? FEW : MOST_INSTANCES,
    )
    const instance = masks.constant() ? mask : offset
    return instance?.index === undefined ? undefined : instance
  }

  half(low: number, ivHigh: number, ivLow: number): number | undefined {
    const mask = this.#masks.constant() ? this.#masks.byLow((ivLow ^ low) >>> 0) : undefined
    return mask && (ivHigh ^ mask.high) >>> 0
  }

  isTorn(number: number, ivHigh: number, ivLow: number, { bySecret = false }: TornOptions = {}): boolean {
    const masks = this.#masks
    const others = this.#packets - masks.fitting()
    if (this.#packets < 4 || !masks.constant() || others > Math.max(1, this.#packets / 10)) return false
    return masks.isTorn((ivHigh ^ Math.floor(number / 2 ** 32)) >>> 0, (ivLow ^ number) >>> 0, bySecret)
  }

  evidence(): IvEvidence {
    const lengthsFitCbc = this.#fits !== 0
    const { class: found, instances } = this.#found()
    return {
      class: found,
      instances,
      lengthsFitCbc,
      ...reading(found, instances, lengthsFitCbc, this.#isHeader),
    }
  }

  #found(): { readonly class: IvClass; readonly instances: number } {
    const masks = this.#masks
    const offsets = this.#offsets
    const most = (part: number): boolean => part * 10 >= this.#packets * 9
    if (this.#packets < 3) return { class: 'too few packets', instances: 0 }
    if (most(this.#same + 1)) return { class: 'repeating', instances: 0 }
    if (masks.constant() && most(masks.fitting()))
      return { class: masks.zero() ? 'sequence number' : 'masked number', instances: masks.size() }
    if (offsets.constant() && most(offsets.fitting())) return { class: 'counter', instances: offsets.size() }
    return { class: 'random', instances: 0 }
  }
}

const reading = (
  ivClass: IvClass,
  instances: number,
  fitsCbc: boolean,
  isHeader: boolean,
): Pick<IvEvidence, 'counterMode' | 'text'> => {
  switch (ivClass) {
    case 'sequence number':
      return { counterMode: 'for', text: 'the IV is the sequence number: CBC would not do that' }
    case 'masked number':
      return {
        counterMode: 'for',
        text: `the IV is the sequence number XOR ${instances === 1 ? 'a mask' : `one of ${instances} masks`}: CBC would not do that`,
      }
    case 'counter':
      return { counterMode: 'for', text: 'the IV counts: CBC would not do that' }
    case 'random':
      return fitsCbc
        ? { counterMode: 'against', text: 'the IV looks random and all lengths fit CBC' }
        : { counterMode: 'for', text: 'the IV looks random, but the lengths do not fit CBC' }
    case 'repeating':
      return isHeader
        ? { counterMode: 'against', text: 'the eight octets begin an IP header: not encrypted' }
        : {
            counterMode: 'unknown',
            text: 'the eight octets hardly change and begin no IP header: an IV that is constant, or none',
          }
    default:
      return { counterMode: 'unknown', text: 'too few packets to tell what the IV is' }
  }
}

/** Next headers that an IPv6 header in a tunnel may name. */
const NEXT = [0, 4, 6, 17, 41, 43, 44, 47, 50, 51, 58, 59, 60, 89, 115, 132]

/** Whether the eight octets begin an IP header that fits a packet of `length` bytes from the SPI on. */
const looksLikeIp = (high: number, low: number, length: number): boolean => {
  const room = length - 8
  const version = high >>> 28
  if (version === 4) {
    const total = high & 0xffff
    return ((high >>> 24) & 15) >= 5 && total >= 20 && total <= room
  }
  return version === 6 && (low >>> 16) + 40 <= room && NEXT.includes((low >>> 8) & 0xff)
}
