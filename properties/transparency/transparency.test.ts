/** Whether clusters can be told from a single gateway: what is found, broken models that are noticed, the traces. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Constants } from '../../model/constants/constants.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import type { ClusterView } from '../../model/state/cluster-state.ts'
import { verdictsOf } from '../../src/cli/results/compared.ts'
import { textOfModules } from '../../src/cli/saved/program-text.ts'
import { transparencyTables } from '../../src/docs/transparency.ts'
import type { Model } from '../../src/modelling/model.ts'
import { labelOf } from '../../src/modelling/property.ts'
import { check } from '../../src/search/breadth-first.ts'
import { replay, shows } from '../../src/search/engine/path.ts'
import { mutated, verdictOf } from '../../src/testing/mutating.ts'
import { declaredTransparency } from '../declared/index.ts'
import { espMutations } from '../mutations/esp.ts'
import { ikeMutations } from '../mutations/ike.ts'
import { spiMutations } from '../mutations/spi.ts'
import { clusterOf, comparisonOf, type Part } from './compared.ts'
import { COMPARED, type Compared, comparedOf, nameOf, searchesOf } from './hot-standby.ts'
import { asSecure } from './sec-1.ts'
import { completelyTransparent } from './trn-c.ts'

const FOUND = declaredTransparency()

/** Minutes of work: `CLUSTERCHECK_WHOLE_RUNS=all npx vitest run properties/transparency`. */
const ALL = process.env.CLUSTERCHECK_WHOLE_RUNS === 'all'

/** Searches that are made again in each run. */
const SAMPLE = 4

describe('what is found', () => {
  it('is known of each search', () => {
    expect(Object.keys(FOUND)).toEqual(COMPARED)
    for (const [name, found] of Object.entries(FOUND))
      expect(Object.keys(found)).toEqual(searchesOf(name).map(nameOf))
  })

  it('of a single gateway is that it is one', () => {
    const verdicts = Object.values(FOUND['single-gateway']!).flatMap((of) => Object.values(of))
    expect(new Set(verdicts)).toEqual(new Set(['holds']))
  })

  it.runIf(ALL).each(Object.keys(FOUND))('of %s is what the searches say', async (name) => {
    for (const search of searchesOf(name))
      expect(await verdictsOf(name, search)).toEqual(FOUND[name]![nameOf(search)])
  })

  // Whatever changes the model, changes which of them are made again.
  it('is what searches say, a few of which are made again', async () => {
    const all = COMPARED.flatMap((name) => searchesOf(name).map((search) => ({ name, search })))
    const text = await textOfModules([new URL('./hot-standby.ts', import.meta.url).href])
    for (let i = 0; i < SAMPLE; i++) {
      const { name, search } = all[Number.parseInt(text.slice(8 * i, 8 * i + 8), 16) % all.length]!
      expect({ name, [nameOf(search)]: await verdictsOf(name, search) }).toEqual({
        name,
        [nameOf(search)]: FOUND[name]![nameOf(search)],
      })
    }
  })

  it.each([
    ['acked-everything', 'both', 'A2'],
    ['inbound-learns', 'inbound', 'A1'],
  ] as const)('of %s, %s, is what the search says', async (name, part, attacker) => {
    expect(await verdictsOf(name, { part, attacker })).toEqual(FOUND[name]![nameOf({ part, attacker })])
  })

  it('does not hang on what the gateway alone may do', async () => {
    const { scheme } = SCHEMES.find(({ name }) => name === 'acked-counters')!
    const usual = comparisonOf(scheme, 'own', 'A2')
    const scope = { ...usual.alone.scope, network: 6, requests: { cluster: { createChild: 3 }, peer: {} } }
    const wider = { ...usual, alone: { ...usual.alone, scope } }
    const model = clusterOf('wider', wider, [completelyTransparent(wider), asSecure(wider)])
    const { judgements } = await check(model)
    expect(judgements.map(({ verdict }) => verdict)).toEqual(['violated', 'holds'])
    expect(judgements[0]!.path).toHaveLength(7)
    expect(FOUND['acked-counters']!['own A2']).toEqual({ 'TRN-C': 'violated 6', 'SEC-1': 'holds' })
  })

  it('has traces that replay, each to a deed, an arrival or a silence', async () => {
    const ends: string[] = []
    for (const [name, part] of [
      ['acked-counters', 'peer'],
      ['synch-ike', 'own'],
    ] as const) {
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
    expect(ends).toContain('SEC-1 ClusterReceivesAnswer')
  })
})

describe('the page', () => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, '../../docs/results', name), 'utf8')

  it('has the tables of what is found', () => {
    expect(read('transparency.md')).toContain(
      `<!-- transparency -->\n\n${transparencyTables().join('\n')}\n\n<!-- /transparency -->`,
    )
  })

  it.each(['silence', 'gap', 'replay'])('has a picture of a %s that replays', (name) => {
    const token =
      /scheme%3D([\w-]+)%26part%3D(\w+)%26attacker%3D(A\d):all:([\w-]+):\w+:([\d.]+)/.exec(
        read(`transparency-${name}.svg`).replaceAll('&#45;', '-'),
      ) ?? []
    const [, scheme = '', part, attacker, label, path = ''] = token
    const model = comparedOf(scheme, { part, attacker } as Compared)
    const property = model.properties.find((p) => labelOf(p) === label)!
    expect(shows(replay(model, path.split('.').map(Number)), property.name)).toBe(true)
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
    'MID-6': ['acked-everything', 'peer', 'SEC-1'],
    'LIV-1e': ['acked-everything', 'peer', 'TRN-P'],
    'SEQ-1': ['acked-everything', 'outbound', 'TRN-C'],
  }

  /** The same broken models as for another label. */
  const SAME: Readonly<Record<string, string>> = { 'MID-7': 'MID-3', 'ANO-1': 'MID-1', 'IV-1': 'SEQ-1' }

  /** What cannot be noticed here, and why. */
  const UNSEEN: Readonly<Record<string, string>> = {
    'LIV-1c': 'the peer is broken, and a cluster that is never answered is no goal',
    'LIV-1p': 'it begins at message ID 2; here there are two exchanges',
    'CHD-1': 'the peer is broken, and what it holds is not seen',
    'SEQ-2o': 'the peer is broken: it drops what arrives',
    'SEQ-3': 'it begins at the last number',
    'ESN-1': 'the peer is broken, and there are no extended numbers',
    'SEQ-2i': 'packets are dropped, as a network can',
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

  /** The model with the mutation that violates a label in the matrix. */
  const brokenFor = (of: string, sound: Model): Model => {
    const mutation = MUTATIONS.find(({ label }) => label === of)!
    if (!('action' in mutation)) throw new Error(`The mutation for ${of} changes a policy.`)
    return mutated(sound, mutation.action, mutation.change)
  }

  it.each(Object.entries(NOTICED))('of %s is noticed', async (of, [scheme, part, label]) => {
    const sound = comparedOf(scheme, { part, attacker: 'A2' })
    expect(FOUND[scheme]![`${part} A2`]![label]).toBe('holds')
    expect(await verdictOf(brokenFor(of, sound), label)).toBe('violated')
  })

  it('is noticed, or it is said why not', () => {
    const changeFor = (of: string) => MUTATIONS.find(({ label }) => label === of) as { change?: unknown }
    for (const [of, other] of Object.entries(SAME)) expect(changeFor(of).change).toBe(changeFor(other).change)
    const said = [
      'MID-5',
      'RPL-1',
      ...Object.keys(SAME),
      ...Object.keys(NOTICED),
      ...Object.keys(UNSEEN),
    ].sort()
    expect(said).toEqual([...new Set(MUTATIONS.map(({ label }) => label))].sort())
  })

  it('of MID-5 is noticed, where there is a message ID to skip to', async () => {
    const { scheme } = SCHEMES.find(({ name }) => name === 'acked-everything')!
    const usual = comparisonOf(scheme, 'own', 'A2')
    const probing = ({ scheme, scope }: Constants): Constants => ({
      scheme,
      scope: { ...scope, crashes: 0, returns: 0, synchLosses: 0, probes: { cluster: true, peer: false } },
    })
    const comparison = { ...usual, constants: probing(usual.constants), alone: probing(usual.alone) }
    const probed = clusterOf('probing', comparison, [completelyTransparent(comparison)])
    const sound = mutated(probed, 'ClusterAsks', ({ guard }) => ({
      guard: (s, choice) => {
        const { createChild, liveness } = (s as ClusterView).spent.cluster
        return createChild + liveness < 2 && guard!(s, choice)
      },
    }))
    expect(await verdictOf(sound, 'TRN-C')).toBe('holds')
    expect(await verdictOf(brokenFor('MID-5', sound), 'TRN-C')).toBe('violated')
  })

  it('of a raised window is noticed by what is let in', async () => {
    const sound = comparedOf('inbound-raised', { part: 'inbound', attacker: 'A1' })
    expect(FOUND['inbound-raised']!['inbound A1']!['SEC-1']).toBe('holds')
    expect(await verdictOf(brokenFor('RPL-1', sound), 'SEC-1')).toBe('violated')
  })
})
