/** The peers' models have the counts of ours, where the peers are installed; and the measuring from outside is right. */
import { afterAll, describe, expect, it } from 'vitest'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { focusesOf } from '../../../properties/matrix.ts'
import { labelOf } from '../../modelling/property.ts'
import { check } from '../../search/breadth-first.ts'
import { modelNamed } from '../cases/cases.ts'
import { foundIn, foundJointlyIn, ikeSearches, jointly, jointMurphiOf, murphiOf, nameOf } from './ike.ts'
import { partsOf, prepareTexts } from './ike-contenders.ts'
import { absences } from './index.ts'
import { observe } from './measure.ts'
import { rumur } from './rumur.ts'
import { spin } from './spin.ts'
import { tlc } from './tlc.ts'
import { removeFolders } from './workshop.ts'

afterAll(removeFolders)

describe('the models of the peers', () => {
  for (const sentence of absences()) it.skip(sentence, () => {})

  const present = [spin, rumur, tlc].filter((peer) => peer.missing() === undefined)
  const cases = present.flatMap((peer) =>
    ['2pc-5', 'failover-2-2-1'].map((model) => peer.contenders(model)[0]!),
  )
  it.each(cases)('have the agreed counts: $model with $name', { timeout: 30_000 }, async (contender) => {
    const { distinct, transitions } = await contender.run()
    const agreed = modelNamed(contender.model)
    expect({ distinct, transitions }).toEqual({
      distinct: agreed.distinct,
      transitions: agreed.generated - 1,
    })
  })
})

describe.skipIf(rumur.missing() !== undefined)('the IKE searches in Murphi', () => {
  const scheme = SCHEMES.find(({ name }) => name === 'told-before-in-order')!
  const searches = ikeSearches([scheme.name])
  const peerBriefly = searches.find(({ search }) => search === 'peer-briefly')!
  const ran = async (...texts: readonly string[]) => {
    const { command, args, folder } = prepareTexts(texts, '-O0')
    return partsOf((await observe(command, args, folder)).output)
  }
  const ours = async ({ search }: typeof peerBriefly) => {
    const { model } = focusesOf(scheme).find(({ name }) => name === search)!
    const { judgements, distinct, generated } = await check(model)
    const label = (name: string) => labelOf(model.properties.find((property) => property.name === name)!)
    return {
      judged: new Map(judgements.map((one) => [label(one.property), one])),
      distinct,
      transitions: generated - 1,
    }
  }

  it('have our counts, verdicts and shortest lengths', { timeout: 120_000 }, async () => {
    const { judged, ...counts } = await ours(peerBriefly)
    const [all, stopped] = await ran(murphiOf(peerBriefly), murphiOf(peerBriefly, 'MID-7'))
    const { name, verdicts, ...found } = foundIn(all!, peerBriefly)
    expect(name).toBe('told-before-in-order, peer-briefly')
    expect(found).toEqual(counts)
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['violated', 'holds', 'vacuous']))
    for (const [label, verdict] of Object.entries(verdicts))
      expect([label, judged.get(label)!.verdict]).toEqual([label, verdict])
    expect([...stopped!.matchAll(/ fired\.$/gm)]).toHaveLength(judged.get('MID-7')!.path!.length)
  })

  it('have the same verdicts when they are compiled together', { timeout: 120_000 }, async () => {
    const [group, ...others] = jointly(searches)
    expect(others).toEqual([])
    const [output] = await ran(jointMurphiOf(group!))
    const found = foundJointlyIn(output!, group!)
    expect(found.map(({ name }) => name)).toEqual(searches.map(nameOf))
    for (const [i, search] of searches.entries()) {
      const { judged } = await ours(search)
      for (const [label, verdict] of Object.entries(found[i]!.verdicts))
        expect([search.search, label, verdict]).toEqual([search.search, label, judged.get(label)!.verdict])
    }
  })
})

describe.runIf(process.platform === 'linux')('measuring from outside', () => {
  const node = (script: string) => observe(process.execPath, ['-e', script], import.meta.dirname)
  const work = `const full = Buffer.alloc(200e6, 1); const end = performance.now() + 500; while (performance.now() < end);`

  it('sees time, processor and memory of a process', async () => {
    const { seconds, cpuSeconds, peakBytes } = await node(work)
    expect(seconds).toBeGreaterThan(0.5)
    expect(cpuSeconds).toBeGreaterThan(0.2)
    expect(peakBytes).toBeGreaterThan(200e6)
    expect(peakBytes).toBeLessThan(400e6)
  })

  it('sees those of what the process starts', async () => {
    const start = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(work)}])`
    const { cpuSeconds, peakBytes } = await node(start)
    expect(cpuSeconds).toBeGreaterThan(0.2)
    expect(peakBytes).toBeGreaterThan(200e6)
  })

  it('says what a command said that failed', async () => {
    await expect(node(`console.error('no room'); process.exit(3)`)).rejects.toThrow(/ended with 3: no room/)
  })
})
