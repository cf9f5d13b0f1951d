/** Going through the messages of a queue or a bag by their places, for whatever shows the message at a place. */

type Test = (message: unknown) => boolean

/** What every channel offers for going through it. */
export abstract class Walked {
  abstract at(index: number): unknown

  *[Symbol.iterator](): IterableIterator<unknown> {
    for (let i = 0, m = this.at(0); m !== undefined; m = this.at(++i)) yield m
  }

  some(test: Test): boolean {
    for (let i = 0, m = this.at(0); m !== undefined; m = this.at(++i)) if (test(m)) return true
    return false
  }

  every(test: Test): boolean {
    for (let i = 0, m = this.at(0); m !== undefined; m = this.at(++i)) if (!test(m)) return false
    return true
  }

  find(test: Test): unknown {
    for (let i = 0, m = this.at(0); m !== undefined; m = this.at(++i)) if (test(m)) return m
    return undefined
  }

  /** How many messages a test is true of; a bag also counts copies of a message. */
  count(of: unknown): number {
    let n = 0
    for (let i = 0, m = this.at(0); m !== undefined; m = this.at(++i)) if ((of as Test)(m)) n += 1
    return n
  }
}

/** The same for a channel that is a plain object: `at` shows the message at a place. */
export const walking = (at: (index: number) => unknown) => {
  const walked = new (class extends Walked {
    at(index: number): unknown {
      return at(index)
    }
  })()
  return {
    [Symbol.iterator]: () => walked[Symbol.iterator](),
    some: (test: Test) => walked.some(test),
    every: (test: Test) => walked.every(test),
    find: (test: Test) => walked.find(test),
    countOf: (test: Test) => walked.count(test),
  }
}
