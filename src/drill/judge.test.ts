/** What a drill shows, property by property; nothing is reproduced without evidence. */
import { describe, expect, it } from 'vitest'
import type { Driven } from './drive.ts'
import { type CaptureWord, differenceOf, isJudged, judge, probesFor } from './judge.ts'
import type { Plan } from './plan.ts'

const plan: Plan = {
  operations: [],
  gaps: [],
  members: 2,
  told: [],
  ends: {
    acting: 'B',
    up: ['B'],
    onlyPeer: 1,
    onlyMember: 0,
    member: { next: 0, expects: 0 },
    peer: { next: 0, expects: 1 },
  },
}
const child = (a: string, b: string) => ({ in: a, out: b })
const sas = (peer: readonly string[], member: readonly string[]) => ({
  P: { up: true, ike: ['i'], children: peer.map((name) => child(`p${name}`, `c${name}`)) },
  A: { up: false, ike: [], children: [] },
  B: { up: true, ike: ['i'], children: member.map((name) => child(`c${name}`, `p${name}`)) },
})
const driven: Driven = {
  gateways: 'none',
  done: [],
  notes: [],
  accepted: [],
  sas: sas(['1'], ['1']),
  probes: [],
  sa: undefined,
  log: [],
}
const judged = (label: string, found: Partial<Driven> = {}, words: readonly CaptureWord[] = []) =>
  judge({ label, plan, driven: { ...driven, ...found }, words, explained: undefined })
const probe = (answered: boolean, messageId: number | 'none' = 0, side: 'cluster' | 'peer' = 'cluster') => ({
  side,
  messageId: messageId === 'none' ? undefined : messageId,
  answered,
  requests: messageId === 'none' ? 0 : 3,
})
const deviation = 'At step 1, await request 0: it was not sent within 3 s; nothing else came.'
const answer = {
  type: 'response',
  initiator: 'cluster',
  messageId: 0,
  exchange: 'createChild',
  task: 1,
  by: 'P',
} as const

describe('a property is reproduced', () => {
  it.each<readonly [label: string, found: Partial<Driven>, words: readonly CaptureWord[]]>([
    ['MID-1', {}, [{ capture: 'senders', label: 'MID-1', verdict: 'violated', text: 'twice' }]],
    ['SEQ-1', { deviation }, [{ capture: 'peer', label: 'SEQ-1', verdict: 'violated', text: 'twice' }]],
    ['MID-3', {}, []],
    ['MID-5', {}, []],
    ['MID-4', { last: { message: answer, to: 'B', again: 0 } }, []],
    ['MID-6', { probes: [probe(false)] }, []],
    ['LIV-1c', { probes: [probe(false)] }, []],
    [
      'LIV-1c',
      { probes: [probe(false, 'none')], sas: { ...sas([], []), B: { up: true, ike: [], children: [] } } },
      [],
    ],
    ['LIV-1e', { probes: [probe(false), probe(false, 0, 'peer')] }, []],
    ['CHD-1', { sas: sas(['1', '2'], ['1']) }, []],
    ['RPL-1', { accepted: [{ step: 1, expected: true, observed: true }] }, []],
  ])('%s with %j', (label, found, words) => {
    expect(judged(label, found, words)).toMatchObject({ verdict: 'reproduced' })
  })
})

describe('a property is not reproduced', () => {
  it.each<readonly [label: string, found: Partial<Driven>, words: readonly CaptureWord[], why: RegExp]>([
    [
      'MID-1',
      {},
      [{ capture: 'senders', label: 'MID-1', verdict: 'undecided', text: '' }],
      /MID-1 is undecided as it was sent/,
    ],
    ['MID-1', {}, [{ capture: 'senders', label: 'MID-2', verdict: 'violated', text: '' }], /nothing shows/],
    ['MID-3', { deviation }, [], /At step 1/],
    ['MID-5', { deviation }, [], /At step 1/],
    ['MID-4', { last: { message: answer, to: 'B', again: 2 } }, [], /sent its request again/],
    ['MID-6', { probes: [probe(false, 1)] }, [], /nothing shows/],
    ['MID-6', { probes: [probe(true)] }, [], /it was answered/],
    ['LIV-1c', { probes: [probe(true)] }, [], /it was answered/],
    ['LIV-1c', {}, [], /nothing shows/],
    ['LIV-1c', { probes: [probe(false, 'none')] }, [], /nothing shows/],
    ['LIV-1e', { probes: [probe(false), probe(true, 0, 'peer')] }, [], /The peer .* it was answered/],
    ['CHD-1', {}, [], /same child SAs/],
    ['CHD-1', { sas: sas(['1'], ['1', '2']) }, [], /nothing shows/],
    ['RPL-1', { accepted: [{ step: 4, expected: true, observed: false }] }, [], /step 4 were not accepted/],
    ['RPL-1', {}, [], /nothing shows/],
  ])('%s with %j %j', (label, found, words, why) => {
    const { verdict, because } = judged(label, found, words)
    expect(verdict).toBe('not reproduced')
    expect(because.join(' ')).toMatch(why)
  })
})

it('tells child SAs apart by what each end receives and sends', () => {
  expect(differenceOf(sas(['1', '2'], ['1', '3']), plan)).toEqual({ member: 'B', onlyPeer: 1, onlyMember: 1 })
  expect(
    differenceOf({ ...sas(['1'], ['1']), B: { up: false, ike: [], children: [] } }, plan),
  ).toBeUndefined()
})

it('asks only the end whose counter the other does not expect', () => {
  expect(probesFor('MID-6', plan)).toEqual(['cluster'])
  expect(probesFor('LIV-1p', plan)).toEqual(['peer'])
  expect(probesFor('MID-1', plan)).toEqual([])
})

it('does not judge what nobody can see', () => {
  expect(['REC-1', 'SYN-1', 'TRN-2', 'ADR-1', 'DoS-1h', 'toString'].filter(isJudged)).toEqual([])
})
