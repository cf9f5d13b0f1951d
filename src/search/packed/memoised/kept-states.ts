/** States that are kept to run closures on once more, and when something that is known is looked at again. */

/** Words of states that are kept to be shown in between: some of the beginning, and later ones further and further apart. */
const KEPT = 24
/** States in which an action was enabled that are kept for it. */
const KEPT_OF_ACTION = 3
/** States in which something was learnt of a test that are kept for it. */
const KEPT_OF_TEST = 16
/** Every state or answer up to this number is looked at again; later ones by a gap that is this part of their number. */
const FIRST_LOOKS = 6
const GAP = 0.75
const LARGEST_GAP = 4_096

/** The number of the look after look `n` at one closure. */
export const lookAfter = (n: number): number =>
  n < FIRST_LOOKS ? n + 1 : n + Math.min(LARGEST_GAP, Math.ceil(n * GAP))

export class KeptStates {
  readonly all: Int32Array[] = []
  /** By action and by test. */
  readonly enabling: readonly Int32Array[][]
  readonly learntIn: readonly Int32Array[][]
  #seen = 0

  constructor(actions: number, tests: number) {
    this.enabling = Array.from({ length: actions }, () => [])
    this.learntIn = Array.from({ length: tests }, () => [])
  }

  /** Keeps a state that is expanded. Returns how many states later the next is to be kept. */
  see(words: Int32Array, turn: number): number {
    const gap = Math.ceil((this.#seen + 1) / KEPT)
    this.#seen += gap
    const copy = words.slice()
    if (this.all.length < KEPT) this.all.push(copy)
    // The oldest go first, but those of the beginning stay.
    else this.all[KEPT / 4 + (turn % ((KEPT * 3) / 4))] = copy
    return gap
  }

  /** Keeps a state in which action `a` is enabled. */
  enables(a: number, words: Int32Array, look: number): void {
    const own = this.enabling[a]!
    if (own.length < KEPT_OF_ACTION) own.push(words.slice())
    else own[look % KEPT_OF_ACTION] = words.slice()
  }

  /** Keeps a state in which something was learnt of test `k`. */
  teaches(k: number, words: Int32Array): void {
    const own = this.learntIn[k]!
    if (own.length < KEPT_OF_TEST) own.push(words.slice())
  }
}
