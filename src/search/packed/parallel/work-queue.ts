/**
 * What the threads of one search share beside the table: which blocks of states can be taken, who has one, and which
 * are done. The lead writes blocks and stores states; helpers and the lead itself take blocks and expand them.
 */

/** Blocks known at one time: available, taken or done but not yet stored. */
const RING = 256
/** Blocks that one thread may have done before they are stored. */
export const SLOTS = 16

const AVAILABLE = 0
const TAKEN = 1
/** Counters to wait at: something was done, something became available. */
const DONE = 2
const WORK = 3
const STOPPED = 4
/** Messages sent to helpers, and whether they have all that they need to begin. */
const SENT = 5
const OPEN = 6
const FIELDS = 8

/** A block of states: those from `from` up to and without `to`. */
export interface Taken {
  readonly number: number
  readonly from: number
  readonly to: number
}

/** The board of a search, over memory that its threads share. */
export class Board {
  readonly memory: SharedArrayBuffer
  readonly #fields: Int32Array
  readonly #from: Int32Array
  readonly #to: Int32Array
  /** 1 + thread * SLOTS + slot of a block that is done; 0 while it is not. */
  readonly #by: Int32Array
  readonly #busy: Int32Array
  #stored = 0

  constructor(threads: number, memory?: SharedArrayBuffer) {
    const words = FIELDS + 3 * RING + threads * SLOTS
    this.memory = memory ?? new SharedArrayBuffer(words * Int32Array.BYTES_PER_ELEMENT)
    const part = (at: number, length: number) => new Int32Array(this.memory, at * 4, length)
    this.#fields = part(0, FIELDS)
    this.#from = part(FIELDS, RING)
    this.#to = part(FIELDS + RING, RING)
    this.#by = part(FIELDS + 2 * RING, RING)
    this.#busy = part(FIELDS + 3 * RING, threads * SLOTS)
  }

  /** Whether another block can be offered. */
  get hasRoom(): boolean {
    return this.#fields[AVAILABLE]! - this.#stored < RING
  }

  /** Lets threads take a block. Only the lead. */
  offer(from: number, to: number): void {
    const number = this.#fields[AVAILABLE]!
    const place = number % RING
    this.#from[place] = from
    this.#to[place] = to
    this.#by[place] = 0
    Atomics.store(this.#fields, AVAILABLE, number + 1)
  }

  /** Wakes threads that wait for work. */
  announce(): void {
    Atomics.add(this.#fields, WORK, 1)
    Atomics.notify(this.#fields, WORK)
  }

  /** Takes the next block, or as many as there are, `most` at most; returns how many from which number on. */
  take(most = 1): { readonly number: number; readonly count: number } | undefined {
    for (;;) {
      const number = Atomics.load(this.#fields, TAKEN)
      const count = Math.min(most, Atomics.load(this.#fields, AVAILABLE) - number)
      if (count <= 0) return undefined
      if (Atomics.compareExchange(this.#fields, TAKEN, number, number + count) === number)
        return { number, count }
    }
  }

  /** Whether every block that was offered is taken. */
  get isEmpty(): boolean {
    return Atomics.load(this.#fields, TAKEN) >= Atomics.load(this.#fields, AVAILABLE)
  }

  /** A block that was offered and is not yet stored. */
  block(number: number): Taken {
    const place = number % RING
    return { number, from: this.#from[place]!, to: this.#to[place]! }
  }

  /** A slot of a thread that holds no block waiting to be stored, and is now busy. */
  freeSlot(thread: number): number | undefined {
    for (let slot = 0; slot < SLOTS; slot++) {
      const at = thread * SLOTS + slot
      if (Atomics.load(this.#busy, at) !== 0) continue
      Atomics.store(this.#busy, at, 1)
      return slot
    }
    return undefined
  }

  /** The slot was not used after all, or its block is stored. */
  release(thread: number, slot: number): void {
    Atomics.store(this.#busy, thread * SLOTS + slot, 0)
  }

  /** A block is done; what was found is in a slot of the thread. */
  finish({ number }: Taken, thread: number, slot: number): void {
    Atomics.store(this.#by, number % RING, 1 + thread * SLOTS + slot)
    Atomics.add(this.#fields, DONE, 1)
    Atomics.notify(this.#fields, DONE)
  }

  /** The number of the block to be stored next. */
  get storing(): number {
    return this.#stored
  }

  /** The block to be stored next, if it is done. Only the lead. */
  get next(): (Taken & { readonly thread: number; readonly slot: number }) | undefined {
    const number = this.#stored
    const by = Atomics.load(this.#by, number % RING)
    if (number >= this.#fields[AVAILABLE]! || by === 0) return undefined
    return { ...this.block(number), thread: Math.floor((by - 1) / SLOTS), slot: (by - 1) % SLOTS }
  }

  /** The block that was next is stored. */
  stored(thread: number, slot: number): void {
    this.#stored += 1
    this.release(thread, slot)
  }

  /** A counter of blocks done, to be given to a wait. */
  get done(): number {
    return Atomics.load(this.#fields, DONE)
  }
  /** A counter of times when blocks were offered, to be given to a wait. */
  get work(): number {
    return Atomics.load(this.#fields, WORK)
  }

  /** Waits until a block is done since `seen`, a moment at most. */
  awaitDone(seen: number, milliseconds: number): void {
    Atomics.wait(this.#fields, DONE, seen, milliseconds)
  }
  /** Waits until there is work since `seen`, a moment at most. */
  awaitWork(seen: number, milliseconds: number): void {
    Atomics.wait(this.#fields, WORK, seen, milliseconds)
  }

  get isStopped(): boolean {
    return Atomics.load(this.#fields, STOPPED) !== 0
  }

  stop(): void {
    Atomics.store(this.#fields, STOPPED, 1)
    this.announce()
  }

  /** Helpers may take blocks from now on: they were sent what they need. */
  open(): void {
    Atomics.store(this.#fields, OPEN, 1)
    this.announce()
  }

  get isOpen(): boolean {
    return Atomics.load(this.#fields, OPEN) !== 0
  }

  /** Messages sent so far. */
  get sent(): number {
    return Atomics.load(this.#fields, SENT)
  }

  /** A message was sent to every helper. */
  countSent(): void {
    Atomics.add(this.#fields, SENT, 1)
  }
}
