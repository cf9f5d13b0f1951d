/** Whether clusters can be told from a single gateway: what is found, broken models that are noticed, the traces. */
import { describe, expect, it } from 'vitest'
import { allVerdictsOf, nameOf, verdictsOf } from '../../src/docs/transparency.ts'
import { labelOf } from '../../src/modelling/property.ts'
import { check } from '../../src/search/breadth-first.ts'
import { replay, shows } from '../../src/search/engine/path.ts'
import { mutated, verdictOf } from '../../src/testing/mutating.ts'
import { espMutations } from '../mutations/esp.ts'
import { ikeMutations } from '../mutations/ike.ts'
import { spiMutations } from '../mutations/spi.ts'
import type { Part } from './compared.ts'
import { FOUND } from './found.ts'
import { comparedOf, ESP, STANDBY, searchesOf } from './hot-standby.ts'

/** Minutes of work: `CLUSTERCHECK_WHOLE_RUNS=all npx vitest run properties/transparency`. */
const ALL = process.env.CLUSTERCHECK_WHOLE_RUNS === 'all'

describe('what is found', () => {
  it('is known of each search', () => {
    expect(Object.keys(FOUND)).toEqual([...STANDBY, ...ESP])
    for (const [name, found] of Object.entries(FOUND))
      expect(Object.keys(found)).toEqual(searchesOf(name).map(nameOf))
  })

  it('of a single gateway is that it is one', () => {
    const verdicts = Object.values(FOUND['single-gateway']!).flatMap((of) => Object.values(of))
    expect(new Set(verdicts)).toEqual(new Set(['holds']))
  })

  it.each(ALL ? Object.keys(FOUND) : ['single-gateway'])('of %s is what the searches say', async (name) => {
    expect(await allVerdictsOf(name)).toEqual(FOUND[name])
  })

  it.each([
    ['acked-everything', 'both', 'A2'],
    ['synch-ike', 'peer', 'A2'],
    ['inbound-learns', 'inbound', 'A1'],
  ] as const)('of %s, %s, is what the search says', async (name, part, attacker) => {
    expect(await verdictsOf(name, { part, attacker })).toEqual(FOUND[name]![nameOf({ part, attacker })])
  })

  it('has traces that replay, each to a deed, an arrival or a silence', async () => {
    const ends: string[] = []
    for (const name of ['acked-counters', 'synch-sas'])
      for (const part of ['own', 'peer'] as const) {
        const model = comparedOf(name, { part, attacker: 'A2' })
        for (const { property, path } of (await check(model)).judgements) {
          if (!path) continue
          const trace = replay(model, path)
          expect(shows(trace, property)).toBe(true)
          ends.push(
            `${labelOf(model.properties.find((p) => p.name === property)!)} ${trace.steps.at(-1)!.instance.action.name}`,
          )
        }
      }
    expect(ends).toContain('TRN-C ArrivesInVain')
    expect(ends).toContain('TRN-P Crashes')
    expect(ends).toContain('SEC-1 ClusterReceivesRequest')
  })
})

describe('a mutation of the model', () => {
  const MUTATIONS = [...ikeMutations, ...espMutations, ...spiMutations]

  /** By the label that it violates in the matrix: the scheme, the part, and what notices it. */
  const NOTICED: Readonly<Record<string, readonly [scheme: string, part: Part, label: string]>> = {
    'MID-1': ['acked-everything', 'own', 'TRN-C'],
    'MID-2': ['acked-everything', 'peer', 'TRN-C'],
    'MID-3': ['single-gateway', 'own', 'SEC-1'],
    'MID-4': ['single-gateway', 'own', 'SEC-1'],
    'MID-5': ['acked-everything', 'own', 'TRN-C'],
    'MID-6': ['acked-everything', 'peer', 'SEC-1'],
    'MID-7': ['single-gateway', 'own', 'SEC-1'],
    'TRN-1c': ['acked-everything', 'own', 'TRN-C'],
    'TRN-1p': ['acked-everything', 'peer', 'TRN-P'],
    'SEQ-1': ['acked-everything', 'outbound', 'TRN-C'],
    'IV-1': ['acked-everything', 'outbound', 'TRN-C'],
  }

  /** What cannot be noticed here, and why. */
  const UNSEEN: Readonly<Record<string, string>> = {
    'LIV-1c': 'the peer is broken, and a cluster that is never answered is no goal',
    'LIV-1p': 'it begins at message ID 2; here there are two exchanges',
    'CHD-1': 'the peer is broken, and what it holds is not seen',
    'SEQ-2o': 'the peer is broken: it drops what arrives',
    'SEQ-3': 'it begins at the last number',
    'ESN-1': 'the peer is broken, and there are no extended numbers',
    'SEQ-2i': 'packets are dropped, as a network can',
    'RPL-1': 'it begins where more packets come than a window is raised by',
    'DoS-1e': 'packets are dropped, as a network can',
    'SYN-1': 'the synch channel is not seen',
    'SPI-1': 'SPIs are not followed',
    'TRN-2': 'addresses are not followed',
    'ADR-1': 'addresses are not followed',
    'ADR-2': 'addresses are not followed',
    'REC-1': 'no IKE SA is set up anew',
    'DoS-1h': 'hints are not followed',
    'DoS-1r': 'it is seen as MID-6',
  }

  it.each(Object.entries(NOTICED))('of %s is noticed', async (of, [scheme, part, label]) => {
    const mutation = MUTATIONS.find((one) => one.label === of)!
    if (!('action' in mutation)) throw new Error(`The mutation for ${of} changes a policy.`)
    const sound = comparedOf(scheme, { part, attacker: 'A2' })
    expect(FOUND[scheme]![`${part} A2`]![label]).toBe('holds')
    expect(await verdictOf(mutated(sound, mutation.action, mutation.change), label)).toBe('violated')
  })

  it('is noticed, or it is said why not', () => {
    const said = [...Object.keys(NOTICED), ...Object.keys(UNSEEN)].sort()
    expect(said).toEqual([...new Set(MUTATIONS.map(({ label }) => label))].sort())
  })

  it('of a raised window is noticed by what is let in', async () => {
    const sound = comparedOf('inbound-raised', { part: 'inbound', attacker: 'A1' })
    const { change, action } = espMutations.find(({ label }) => label === 'RPL-1') as never as {
      change: Parameters<typeof mutated>[2]
      action: string
    }
    expect(FOUND['inbound-raised']!['inbound A1']!['SEC-1']).toBe('holds')
    expect(await verdictOf(mutated(sound, action, change), 'SEC-1')).toBe('violated')
  })
})
