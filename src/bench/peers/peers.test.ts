/** The peers' models have the counts of ours, where the peers are installed; and the measuring from outside is right. */
import { afterAll, describe, expect, it } from 'vitest'
import { modelNamed } from '../cases/cases.ts'
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
