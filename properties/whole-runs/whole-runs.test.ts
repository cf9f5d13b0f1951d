/** Promises over whole runs: what is found of each scheme, and a broken model that violates each of them. */
import { describe, expect, it } from 'vitest'
import { hotStandby } from '../../model/schemes/hot-standby.ts'
import { FAULTS, MOST } from '../../src/cli/declare/whole-runs.ts'
import { isTemporal, labelOf } from '../../src/modelling/property.ts'
import { check } from '../../src/search/breadth-first.ts'
import { replay, shows } from '../../src/search/engine/path.ts'
import { mutated, verdictOf } from '../../src/testing/mutating.ts'
import { declaredWholeRuns } from '../declared/index.ts'
import { wholeRunsOf } from './hot-standby.ts'

const FOUND = declaredWholeRuns()
const BRIEF = { crashes: 1, returns: 0, synchLosses: 0 }
const never = () => ({ guard: () => false })

/** Minutes of work: `CLUSTERCHECK_WHOLE_RUNS=all npx vitest run properties/whole-runs`. */
const SEARCHED = process.env.CLUSTERCHECK_WHOLE_RUNS === 'all' ? Object.keys(FOUND) : ['single-gateway']

describe('what is found', () => {
  it('names schemes of hot standby', () => {
    for (const name of Object.keys(FOUND)) expect(hotStandby.map((one) => one.name)).toContain(name)
  })

  it.each(SEARCHED)('of %s is what a search says, and its traces replay', async (name) => {
    const model = wholeRunsOf(name, FAULTS)
    const { judgements, complete } = await check(model, { limits: { states: MOST } })
    expect(complete).toBe(!Object.values(FOUND[name]!).includes('unknown'))
    expect(
      Object.fromEntries(
        judgements.map(({ property, verdict }) => [
          labelOf(model.properties.find((p) => p.name === property)!),
          verdict,
        ]),
      ),
    ).toEqual(FOUND[name])
    for (const { property, path } of judgements)
      if (path) expect(shows(replay(model, path), property)).toBe(true)
  })
})

describe('a mutation of the model', () => {
  const MUTATIONS = [
    {
      label: 'REC-2',
      story: 'a cluster that takes no requests of the peer',
      sound: () => wholeRunsOf('acked-everything', BRIEF),
      action: 'ClusterReceivesRequest',
    },
    {
      label: 'LIV-2c',
      story: 'a member that never sends what it has held back',
      sound: () => wholeRunsOf('acked-everything', BRIEF),
      action: 'ClusterReleasesRequest',
    },
    {
      label: 'LIV-2p',
      story: 'a peer that never gives up',
      sound: () => wholeRunsOf('acked-requests', BRIEF),
      action: 'PeerGivesUp',
    },
    {
      label: 'SYN-2',
      story: 'a standby that reads nothing',
      sound: () => wholeRunsOf('acked-counters', BRIEF),
      action: 'ReceivesSynch',
    },
  ]

  it.each(MUTATIONS)('violates $label: $story', async ({ label, sound, action }) => {
    const original = sound()
    expect(await verdictOf(original, label)).toBe('holds')
    expect(await verdictOf(mutated(original, action, never), label)).toBe('violated')
  })

  it('exists for every promise', () => {
    const promised = wholeRunsOf('acked-everything', BRIEF).properties
    expect(promised.every(isTemporal)).toBe(true)
    expect(MUTATIONS.map(({ label }) => label)).toEqual(promised.map(labelOf))
  })
})
