/** The latest frames, for the story of a violation: who sent what to whom. */

/** One frame, as it is told. */
export interface Row {
  readonly frame: number
  /** Seconds since 1970; undefined where it is not remembered. */
  readonly time: number | undefined
  /** Who sends: an address, and which of the members behind it. */
  readonly address: string
  readonly member: string
  /** The address that it goes to; the empty text for a mark. */
  readonly to: string
  readonly text: string
}

/** Frames that are remembered. */
const MOST = 64

export interface Story {
  add(row: Row): void
  /** The last frames between two addresses, or that one of them sent to everybody; the oldest first. */
  last(count: number, a: string, b: string): readonly Row[]
}

export const storyOf = (): Story => {
  const ring: Row[] = []
  let next = 0
  return {
    add(row) {
      ring[next] = row
      next = (next + 1) % MOST
    },
    last(count, a, b) {
      const rows = [...ring.slice(next), ...ring.slice(0, next)]
      const ends = new Set([a, b, ''])
      return rows.filter(({ address, to }) => ends.has(to) && (address === a || address === b)).slice(-count)
    },
  }
}
