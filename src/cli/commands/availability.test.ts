/** `clustercheck availability`: what it prints, what it writes, and what it says of what it cannot use. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPrism } from '../../availability/explicit.ts'
import { AVAILABILITY_SCHEMA, type AvailabilityJson } from '../../report/availability/json.ts'
import { checkerOf } from '../files/json.ts'
import { cli } from '../testing/under-test.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clustercheck-availability-'))
  file = join(folder, 'mine.yaml')
  writeFileSync(
    file,
    'basis: no-synch\ntiming: { retransmission: [11], detection: 3, takeover: 1, peerInterval: 20, sas: 100000 }\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a described cluster', () => {
  it('has the numbers of its file, as text and as JSON that fits its schema', async () => {
    const run = await cli(['availability', file, '--runs', '500', '--json'])
    expect(run.code).toBe(0)
    const result = JSON.parse(run.stdout) as { readonly targets: readonly [AvailabilityJson] }
    expect(checkerOf(AVAILABILITY_SCHEMA)(result)).toBeUndefined()
    const [one] = result.targets
    expect(one.timing).toMatchObject({ detection: 3, sas: 100_000 })
    expect(one.dooms).toBeCloseTo(1, 6)
    // The next request of the peer, its wait, and the new IKE SA; a request that crosses the crash waits less.
    expect(one.traffic.alone).toBeGreaterThan(30)
    expect(one.traffic.alone).toBeLessThan(31.3)
    expect(one.gateway.storm).toBeCloseTo(2000, 3)
    expect(one.violates).toBeUndefined()
    const text = await cli(['availability', file, '--runs', '500', '--set', 'sas=10', '--stages', '1'])
    expect(text.code).toBe(0)
    expect(text.stdout).toMatch(/^nines +\d\.\d\d +\d\.\d\d$/m)
    expect(text.stdout).toMatch(/A gateway with 10 IKE SAs/)
  })

  it('is written for PRISM and drawn', async () => {
    const chain = join(folder, 'chain')
    const run = await cli(['availability', file, '--export', 'prism', '--output', chain])
    expect(run.code).toBe(0)
    const [sta = '', tra = '', lab = ''] = ['sta', 'tra', 'lab'].map((ending) =>
      readFileSync(`${chain}.${ending}`, 'utf8'),
    )
    expect(run.stderr).toContain(`${readPrism({ sta, tra, lab }).chain.states} states`)
    const svg = join(folder, 'plot.svg')
    const plot = await cli(['availability', file, '--over', 'failuresPerYear=1..100', '--svg', svg])
    expect(plot.code).toBe(0)
    expect(plot.stdout.trim().split('\n')).toHaveLength(7)
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
  })
})

describe('what cannot be used is one sentence, and exit code 2', () => {
  it.each([
    [['single-gateway'], /single gateway, which has nobody to fail over to/],
    [['share-ike-freely'], /share the IKE SA/],
    [['acked-evrything'], /acked-everything/],
    [['no-synch', '--set', 'los=1'], /loss/],
    [['no-synch', '--set', 'loss=1'], /loss is 1, and a chance from 0 to below 1 is possible/],
    [['no-synch', '--set', 'loss'], /takes name=number/],
    [['no-synch', '--set', 'detection=soon'], /detection is null|detection is/],
    [['no-synch', '--stages', '99'], /1 to 20 stages/],
    [['no-synch', '--over', 'loss=0.1..0.2'], /belong together/],
    [['no-synch', '--over', 'loss=5', '--svg', 'x.svg'], /name=from..to/],
    [['no-synch', '--over', 'loss=0.1..0.2', '--svg', 'x.png'], /ends in .svg/],
    [['no-synch', 'synch-sas', '--export', 'prism'], /writes one chain; 2 targets/],
    [['no-synch', '--output', 'x'], /--export says/],
    [['no-synch', '--export', 'dot'], /prism/],
  ] as const)('%j', async (args, says) => {
    const run = await cli(['availability', ...args])
    expect(run.code).toBe(2)
    expect(run.stderr).toMatch(says)
    expect(run.stderr).not.toMatch(/\n\s+at /)
    expect(run.stdout).toBe('')
    expect(existsSync('x.svg')).toBe(false)
  })
})
