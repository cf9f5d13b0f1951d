/** Going through the elements of a set, a queue or a bag, for whatever shows one after the other. */

import { ModelFault, quote } from './fault.ts'
import { isThenable } from './thenable.ts'

type Test = (element: unknown) => boolean

/** What a test says of an element, which is true or false: a promise, for one, would count as true of each. */
export const said = (answer: unknown): boolean => {
  if (typeof answer === 'boolean') return answer
  throw new ModelFault({
    problem: isThenable(answer)
      ? 'A test of the elements of a collection is asynchronous; its answer is what it returns.'
      : `A test of the elements of a collection returned ${quote(answer)}; expected true or false.`,
    hint: 'write a comparison, as in (m) => m.n > 0, without async or await',
  })
}

/** What every collection offers for going through it. */
export abstract class Walked<T = unknown> {
  abstract [Symbol.iterator](): Iterator<T, undefined, undefined>

  some(test: (element: T) => boolean): boolean {
    for (const element of this) if (said(test(element))) return true
    return false
  }

  every(test: (element: T) => boolean): boolean {
    for (const element of this) if (!said(test(element))) return false
    return true
  }

  find(test: (element: T) => boolean): T | undefined {
    for (const element of this) if (said(test(element))) return element
    return undefined
  }

  /** Of how many elements a test is true; a bag also counts copies of a message. */
  count(test: unknown): number {
    let n = 0
    for (const element of this) if (said((test as (element: T) => boolean)(element))) n += 1
    return n
  }
}

/** Goes through a channel by its places. */
export function* byPlaces(at: (index: number) => unknown): Iterator<unknown, undefined, undefined> {
  for (let i = 0; ; i++) {
    const message = at(i)
    if (message === undefined) return undefined
    yield message
  }
}

/** Goes through a set in the order of its domain. */
export function* inOrder(
  values: readonly unknown[],
  has: (value: unknown) => boolean,
): Iterator<unknown, undefined, undefined> {
  for (const value of values) if (has(value)) yield value
  return undefined
}

/** The same for a collection that is a plain object; `countOf` is its count of what a test is true of. */
export const walking = (elements: () => Iterator<unknown, undefined, undefined>) => {
  const walked = new (class extends Walked {
    [Symbol.iterator]() {
      return elements()
    }
  })()
  return {
    [Symbol.iterator]: elements,
    some: (test: Test) => walked.some(test),
    every: (test: Test) => walked.every(test),
    find: (test: Test) => walked.find(test),
    countOf: (test: Test) => walked.count(test),
  }
}
