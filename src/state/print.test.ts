/** Values, steps and differences as text. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bag, bool, each, id, oneOf, queue, range, record, setOf } from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'
import { plainBag, plainQueue } from './channels.ts'
import { zeroOf } from './plain/plain-state.ts'
import { changesBetween, show, showChoice, showStep } from './print.ts'

const MEMBER = ['a', 'b'] as const
const message = record({
  kind: oneOf('request', 'response'),
  of: setOf(MEMBER),
  inner: record({ n: range(0, 2) }),
})
const schema = record({
  up: bool,
  owner: id(MEMBER, 'nobody'),
  seen: setOf(range(-1, 2)),
  member: each(MEMBER, record({ sent: range(0, 9) })),
  synch: queue(message, 2),
  net: bag(message, 3),
})

interface Zero {
  up: boolean
  owner: string
  seen: Set<number>
  member: { a: { sent: number }; b: { sent: number } }
  synch: ReturnType<typeof plainQueue>
  net: ReturnType<typeof plainBag>
}
const zero = () => zeroOf(schema) as Zero
const request = { kind: 'request', of: new Set(['b', 'a']), inner: { n: 2 } }
const response = { kind: 'response', of: new Set([]), inner: { n: 0 } }

describe('show', () => {
  test('writes the zero state with every variable', () => {
    expect(show(schema, zero())).toBe(
      '{up: false, owner: nobody, seen: {}, member: {a: {sent: 0}, b: {sent: 0}}, synch: <>, net: []}',
    )
  })

  test('writes sets in the order of their domain, not of insertion', () => {
    expect(show(schema.fields.seen, new Set([2, -1]))).toBe('{-1, 2}')
    expect(show(schema.fields.seen, new Set([-1, 2]))).toBe('{-1, 2}')
  })

  test('writes a queue head first', () => {
    const synch = plainQueue(schema.fields.synch, 'synch')
    synch.push(response)
    synch.push(request)
    expect(show(schema.fields.synch, synch)).toBe(
      '<{kind: response, of: {}, inner: {n: 0}}, {kind: request, of: {a, b}, inner: {n: 2}}>',
    )
  })

  test('writes a bag in one order, whatever the order of arrival', () => {
    const texts = [
      [request, response, request],
      [response, request, request],
    ].map((messages) => {
      const net = plainBag(schema.fields.net, 'net')
      for (const m of messages) net.add(m)
      return show(schema.fields.net, net)
    })
    expect(texts[0]).toBe(texts[1])
    expect(texts[0]).toMatch(/^\[\{kind: request,.*\}, \{kind: request,.*\}, \{kind: response,.*\}\]$/)
  })

  test('gives different values different texts', () => {
    const scalar = record({ up: bool, owner: id(MEMBER, 'nobody'), n: range(-1, 1), seen: setOf(MEMBER) })
    const value = fc.record({
      up: fc.boolean(),
      owner: fc.constantFrom('nobody', ...MEMBER),
      n: fc.constantFrom(...(scalarValues(range(-1, 1)) as number[])),
      seen: fc.subarray([...MEMBER]).map((members) => new Set(members)),
    })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const equal =
          a.up === b.up && a.owner === b.owner && a.n === b.n && [...a.seen].join() === [...b.seen].join()
        expect(show(scalar, a) === show(scalar, b)).toBe(equal)
      }),
      { seed: 6311, numRuns: 300 },
    )
  })
})

describe('changesBetween', () => {
  test('names each scalar by its path and leaves out what stays', () => {
    const after = zero()
    after.up = true
    after.member.b.sent = 3
    expect(changesBetween(schema, zero(), after)).toEqual([
      { path: 'up', before: 'false', after: 'true' },
      { path: 'member.b.sent', before: '0', after: '3' },
    ])
  })

  test('takes a set and a channel as one variable each', () => {
    const after = zero()
    after.seen.add(0)
    after.net.add(response)
    expect(changesBetween(schema, zero(), after)).toEqual([
      { path: 'seen', before: '{}', after: '{0}' },
      { path: 'net', before: '[]', after: '[{kind: response, of: {}, inner: {n: 0}}]' },
    ])
  })

  test('finds nothing between equal states that are different objects', () => {
    expect(changesBetween(schema, zero(), zero())).toEqual([])
  })

  test('starts below the path it is given', () => {
    const [a, b] = [{ sent: 0 }, { sent: 1 }]
    expect(changesBetween(record({ sent: range(0, 1) }), a, b, 'member.a')).toEqual([
      { path: 'member.a.sent', before: '0', after: '1' },
    ])
  })
})

test('a step is written with its choices, records in braces', () => {
  expect(showStep('TakeOver', [])).toBe('TakeOver')
  expect(
    showStep('Lose', [
      ['at', '1'],
      ['message', showChoice({ kind: 'request', inner: { n: 2 } })],
    ]),
  ).toBe('Lose(at: 1, message: {kind: request, inner: {n: 2}})')
})
