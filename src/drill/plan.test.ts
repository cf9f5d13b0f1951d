/** Plans: each step of a trace has its operations, and what has none is said. */
import { describe, expect, it } from 'vitest'
import { cluster } from '../../model/cluster.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { quiet } from '../../properties/focuses/focus.ts'
import { toyCluster, traceOf } from '../testing/toy-traces.ts'
import { operationText } from './operations.ts'
import { isOfCluster, planOf } from './plan.ts'

const named = (name: string) => SCHEMES.find((scheme) => scheme.name === name)!

const scope = {
  ...quiet,
  requests: { cluster: { createChild: 2 }, peer: { createChild: 1 } },
  esp: { ...quiet.esp, outbound: 2 },
  handovers: 1,
  splits: true,
  heals: 1,
}

/** The trace of these steps, each named as the model does. */
const traced = (name: string, ...texts: readonly string[]) =>
  traceOf(cluster(name, { scheme: named(name).scheme, scope }, []), ...texts)

const planned = (name: string, ...texts: readonly string[]) => {
  const plan = planOf(traced(name, ...texts), named(name).scheme)
  return {
    ...plan,
    lines: plan.operations.map(({ step, operation }) => `${step} ${operationText(operation)}`),
  }
}

describe('a plan', () => {
  it('asks, waits for what is sent, and passes or drops it', () => {
    const { lines, gaps } = planned(
      'synch-sas',
      'ClusterAsks(at: A)',
      'PeerReceivesRequest(m: request 0)',
      'NetworkLoses(m: response 0)',
      'Crashes(of: A)',
      'TakesOver(to: B)',
      'ClusterAsks(at: B)',
    )
    expect(gaps).toEqual([])
    expect(lines).toEqual([
      '0 start    an IKE SA and a child SA with the peer; member A acts',
      '1 ask      member A starts createChild',
      '1 await    request 0 of the cluster (createChild c1) from member A',
      '2 pass     request 0 of the cluster (createChild c1) to the peer',
      '2 await    the answer to request 0 of the cluster (createChild c1) from the peer',
      '3 drop     the answer to request 0 of the cluster (createChild c1)',
      '4 crash    member A',
      '5 takeover member B',
      '6 ask      member B starts createChild',
      '6 await    request 0 of the cluster (createChild c2) from member B',
    ])
  })

  it('names the synch messages of a real channel, and which of them it is', () => {
    const { operations, told } = planned(
      'told-before',
      'ClusterAsks(at: A)',
      'ReceivesSynch(channel: AB, index: 0)',
    )
    expect(told).toEqual(['sas', 'next-request', 'expected-request'])
    expect(operations.at(-1)!.operation).toEqual({
      do: 'synch',
      fate: 'pass',
      from: 'A',
      to: 'B',
      kinds: ['next-request'],
      place: 0,
      all: true,
    })
  })

  it('asks for a request when the member prepares it, though it is sent in a later step', () => {
    const { lines } = planned(
      'acked-counters',
      'ClusterAsks(at: A)',
      'ReceivesSynch(channel: AB)',
      'ClusterReleasesRequest(at: A)',
    )
    expect(lines.slice(1).map((line) => line.slice(0, 8).trimEnd())).toEqual(['1 ask', '2 pass', '3 await'])
  })

  it('says what the last state holds', () => {
    const { ends } = planned(
      'synch-sas',
      'ClusterAsks(at: A)',
      'PeerReceivesRequest(m: request 0)',
      'Crashes(of: A)',
      'TakesOver(to: B)',
    )
    expect(ends).toEqual({
      acting: 'B',
      up: ['B'],
      onlyPeer: 1,
      onlyMember: 0,
      member: { next: 0, expects: 0 },
      peer: { next: 0, expects: 1 },
    })
  })

  it('tells the wire what a scheme does not tell', () => {
    expect(planned('synch-sas').told).toEqual(['sas'])
    expect(planned('no-synch').told).toEqual([])
  })

  it('has packets, and whether they are accepted', () => {
    const { lines } = planned('synch-sas', 'ClusterSendsPacket(at: A)')
    expect(lines.at(-1)).toBe('1 packets  1 from member A to the peer, accepted')
  })

  it('says why a step cannot be driven', () => {
    const { gaps, lines } = planned(
      'synch-sas',
      'SynchChannelCut',
      'TakesOver(to: B)',
      'SynchChannelHeals(goesOn: A)',
    )
    expect(lines).toContain('1 cut      the synch channel')
    expect(gaps).toEqual([
      {
        step: 3,
        action: 'SynchChannelHeals(goesOn: A)',
        reason: 'how members agree again after a cut is their own affair and cannot be asked for',
      },
    ])
  })
})

it('is for traces of the cluster alone', () => {
  expect(isOfCluster(traced('no-synch'))).toBe(true)
  expect(isOfCluster(traceOf(toyCluster, 'SendPacket(from: A)'))).toBe(false)
})
