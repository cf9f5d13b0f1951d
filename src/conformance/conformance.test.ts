/** What a model does is explained by it, what it does not do is not, and real captures are explained as they are known. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cluster } from '../../model/cluster.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { conformanceModels, LENS, MOST_MEMBERS, scopeFor } from '../../properties/conformance.ts'
import { quiet, withoutEsp } from '../../properties/focuses/focus.ts'
import { fixture, judged } from '../cli/testing/captures-under-test.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { numbersFrom } from '../testing/random-walk.ts'
import type { Sent } from './binding.ts'
import { collector } from './collector.ts'
import { explain } from './explain.ts'
import { explainSa } from './explain-sas.ts'
import { type SeenMessage, type SeenSa, traceOf } from './trace.ts'

const named = (name: string) => SCHEMES.find((scheme) => scheme.name === name)!
const LIMIT = 20_000

const explainerOf = (name: string) => ({
  lens: LENS,
  members: MOST_MEMBERS,
  models: (trace: Parameters<typeof conformanceModels>[1]) => conformanceModels(named(name), trace),
})

/** The messages of a random run of a scheme, as a capture would show them; `start` messages set the IKE SA up. */
const walk = (name: string, seed: number, start: number): SeenSa => {
  const { scheme } = named(name)
  const scope = {
    ...quiet,
    requests: { cluster: { createChild: 2 }, peer: { createChild: 1 } },
    handovers: 1,
    retransmissions: 1,
  }
  const run = plainInterpreter(cluster(name, { scheme: withoutEsp(scheme), scope }, []))
  const random = numbersFrom(seed)
  const messages: SeenMessage[] = []
  let state = run.step(run.zero, run.initial[0]!).state
  // An answer that is made anew has bytes of its own.
  const made = new Map<string, number>()
  for (let i = 0; i < 60 && messages.length < 6; i++) {
    const enabled = run.instances.filter((instance) => run.enabled(state, instance))
    const instance = enabled[Math.floor(random() * enabled.length)]
    if (!instance) break
    const step = run.step(state, instance)
    state = step.state
    for (const { kind, event } of step.events) {
      if (kind !== 'ikeSent') continue
      const { type, initiator, messageId, task, by, sender } = event as Sent
      const key = `${type} ${initiator} ${messageId} ${task} ${by}`
      if (instance.action.name.endsWith('ReceivesRequest')) made.set(key, (made.get(key) ?? 0) + 1)
      messages.push({
        frame: messages.length + 1,
        time: messages.length,
        fromInitiator: sender !== 'P',
        response: type === 'response',
        messageId: messageId + (initiator === 'cluster' ? start : 0),
        exchange: 'CREATE_CHILD_SA',
        content: `${key} ${made.get(key) ?? 0}`,
        mac: ['A', 'B', 'C', 'P'].indexOf(sender),
      })
    }
  }
  return {
    name: 'IKE',
    initiator: 'c',
    responder: 'p',
    messages,
    start,
    setUpBy: { initiator: 0, responder: 3 },
  }
}

describe('a trace that the model made', () => {
  it.each(['single-gateway', 'no-synch', 'synch-sas', 'synch-ike', 'acked-everything', 'share-ike-freely'])(
    'is explained by %s, which made it',
    (name) => {
      fc.assert(
        fc.property(fc.nat(), fc.integer({ min: 2, max: 5 }), (seed, start) => {
          const sa = walk(name, seed, start)
          const { verdict, explained } = explainSa(sa, explainerOf(name), LIMIT)
          expect({ verdict, explained, sa }).toMatchObject({ verdict: 'explained' })
        }),
        { seed: 1, numRuns: 3, endOnFailure: true },
      )
    },
  )

  it('is not explained with an answer to a request that nobody sent, or with a message ID that was skipped', () => {
    let mutated = 0
    for (let seed = 0; seed < 3; seed++) {
      const sa = walk('acked-everything', seed, 2)
      const at = sa.messages.findIndex((m) => m.fromInitiator && !m.response)
      if (at < 0) continue
      mutated += 1
      const { messageId } = sa.messages[at]!
      const without = sa.messages.filter(
        (m) => !(m.fromInitiator && !m.response && m.messageId === messageId && sa.messages.indexOf(m) <= at),
      )
      const answer = { ...sa.messages[at]!, fromInitiator: false, response: true, content: 'x', mac: 3 }
      const renumbered = sa.messages.map((m, i) => (i === at ? { ...m, messageId: messageId + 7 } : m))
      for (const messages of [[answer, ...without], renumbered]) {
        const trace = traceOf({ ...sa, messages }, 'initiator')
        for (const model of conformanceModels(named('acked-everything'), trace))
          expect(explain(model(), LENS, trace, LIMIT)).toMatchObject({ verdict: 'not explained' })
      }
    }
    expect(mutated).toBeGreaterThan(0)
  })

  it('is unknown, never unexplained, when not all states may be kept', () => {
    const sa = seenIn('d2-doomed-mid-reuse')[0]!
    expect(explainSa(sa, explainerOf('acked-everything'), 3)).toMatchObject({
      verdict: 'unknown',
      possible: [],
    })
  })
})

const seenIn = (name: string): readonly SeenSa[] => {
  const seen = collector()
  judged(fixture(`${name}.pcap`), { observe: seen.take })
  return seen.all().filter(({ messages }) => messages.length > 0)
}
const verdictsOf = (name: string, scheme: string) =>
  seenIn(name).map((sa) => {
    const { verdict, trace, explained } = explainSa(sa, explainerOf(scheme), LIMIT)
    return verdict === 'not explained' ? trace.events[explained]!.seen!.frame : verdict
  })

describe('a real capture', () => {
  it.each(['a-normal', 'v1-natt', 'v4-any-duplicates', 'v6-invalid-ke'])(
    '%s of an ordinary pair is explained',
    (name) => {
      for (const scheme of ['single-gateway', 'synch-sas', 'acked-everything']) {
        const verdicts = verdictsOf(name, scheme)
        expect(verdicts.length).toBeGreaterThan(0)
        expect(new Set(verdicts)).toEqual(new Set(['explained']))
      }
    },
  )

  it.each([
    ['d2-doomed-mid-reuse', 'synch-sas', 'explained'],
    ['d2-doomed-mid-reuse', 'synch-ike', 'explained'],
    ['d2-doomed-mid-reuse', 'acked-counters', 26],
    ['d2-doomed-mid-reuse', 'acked-everything', 26],
    ['d2-doomed-mid-reuse', 'single-gateway', 26],
    ['b2-naive-ha', 'no-synch', 89],
    ['b2-naive-ha', 'synch-sas', 'explained'],
    ['c2-good-ha', 'acked-everything', 'explained'],
    ['f2-spi-reuse-newkey', 'no-synch', 'explained'],
    ['doomed-cluster-side', 'told-before', 'explained'],
    ['peer-request-unanswered', 'told-before', 'explained'],
  ])('%s under %s: %s', (name, scheme, expected) => {
    expect(verdictsOf(name, scheme)).toEqual([expected])
  })

  it('is given a model with as many requests as it shows, and room for those that were never sent', () => {
    const trace = traceOf(seenIn('d2-doomed-mid-reuse')[0]!, 'initiator')
    expect(trace).toMatchObject({ changes: 1, stations: 2, folded: 0, complete: true })
    expect(scopeFor(named('synch-sas'), trace)).toMatchObject({
      requests: { cluster: { createChild: 4 }, peer: { createChild: 1 } },
      crashes: 1,
    })
    expect(trace.events.map(({ messageId }) => messageId)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(trace.idOnWire('cluster', 0)).toBe(2)
  })
})
