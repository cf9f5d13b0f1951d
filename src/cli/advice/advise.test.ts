/** Advice: what is advised repairs what it says, none of it can be left out, and what was tried is said as it was. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClusterFile } from '../../../model/cluster-files/cluster-file.ts'
import { describedCluster } from '../../../model/cluster-files/described.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { focusesOf } from '../../../properties/matrix.ts'
import type { AdviceJson, AdvisedJson } from '../../report/results/advice.ts'
import { RESULT_SCHEMA } from '../../report/results/result-schema.ts'
import { adviceText } from '../../report/terminal/advice-text.ts'
import { check } from '../../search/breadth-first.ts'
import { type Focus, joined, type Verdict } from '../../search/suite.ts'
import { checkerOf } from '../files/json.ts'
import { cli } from '../testing/under-test.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clustercheck-advice-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What HA daemons do, as far as message IDs and outbound packets go. */
const DAEMON: ClusterFile = { basis: 'told-before', searches: ['own-requests', 'outbound'] }

let count = 0
const advised = async (file: ClusterFile, ...options: readonly string[]) => {
  count += 1
  const path = join(folder, `cluster-${count}.json`)
  writeFileSync(path, JSON.stringify(file))
  const run = await cli(['check', path, '--scope', 'small', '--json', ...options])
  expect(run.stderr).toBe('')
  const result = JSON.parse(run.stdout)
  expect(checkerOf(RESULT_SCHEMA)(result)).toBeUndefined()
  return result.advised as AdvisedJson
}

/** The file of the reader after the advice was followed. */
const following = (file: ClusterFile, changes: AdviceJson['changes']): ClusterFile => {
  const after = structuredClone(file) as Record<string, unknown>
  for (const { policy, to } of changes) {
    const [group, name] = policy.split('.') as [string, string]
    const value =
      to === 'every few packets'
        ? '2 packets'
        : to.startsWith('as far as the standby may lag behind')
          ? 5
          : to === 'true' || to === 'false'
            ? to === 'true'
            : to
    after[group] = { ...(after[group] as object | undefined), [name]: value }
  }
  return after as ClusterFile
}

const known = new Map<string, Awaited<ReturnType<typeof check>>>()
const outcomeOf = async (focus: Focus) => {
  const found = known.get(focus.key!) ?? (await check(focus.model))
  known.set(focus.key!, found)
  return found
}

/** The verdicts of a cluster, searched without anything of the advice; undefined where it contradicts itself. */
const verdictsOf = async (file: ClusterFile): Promise<ReadonlyMap<string, Verdict> | undefined> => {
  const basis = SCHEMES.find(({ name }) => name === file.basis)
  let schemes: ReturnType<typeof describedCluster>['searched']
  try {
    schemes = describedCluster('own', file, basis).searched
  } catch {
    return undefined
  }
  const focuses = schemes.flatMap((scheme) => focusesOf(scheme, 'small'))
  const outcomes = []
  for (const focus of focuses) outcomes.push({ focus, outcome: await outcomeOf(focus) })
  const { verdicts } = joined({ name: 'own', about: 'own', focuses }, outcomes)
  return new Map(verdicts.map(({ label, verdict }) => [label, verdict]))
}

/** The labels that have a verdict. */
const labelsWith = (verdicts: ReadonlyMap<string, Verdict> | undefined, verdict: Verdict) =>
  [...verdicts!].filter(([, found]) => found === verdict).map(([label]) => label)

describe('advice for what HA daemons do', () => {
  it('is the part of a shipped scheme that is needed, and each set does what is said of it', async () => {
    const { advice, sizes, schemes, cut } = await advised(DAEMON, '--advice-changes', '1')
    expect(cut).toBe(false)
    expect(sizes).toEqual([{ changes: 1, scope: 'small', sets: 17, judged: 17 }])
    expect(schemes.judged).toBe(schemes.sets)
    const before = labelsWith(await verdictsOf(DAEMON), 'violated')
    const [best] = advice
    expect(best).toMatchObject({ scope: 'small', minimal: true, breaks: [] })
    expect(best!.scheme).toMatch(/^acked-/)
    const shipped = labelsWith(await verdictsOf({ ...DAEMON, basis: 'acked-everything' }), 'holds')
    expect(best!.repairs.length).toBeGreaterThan(5)
    expect(best!.repairs).toEqual(before.filter((label) => shipped.includes(label)))
    for (const { changes, repairs, breaks } of advice) {
      const after = await verdictsOf(following(DAEMON, changes))
      const holds = labelsWith(after, 'holds')
      expect(repairs).toEqual(before.filter((label) => holds.includes(label)))
      expect(breaks).toEqual(labelsWith(after, 'violated').filter((label) => !before.includes(label)))
    }
    // Every set of fewer of its changes loses something.
    const { changes, repairs } = best!
    for (let part = 0; part < 2 ** changes.length - 1; part++) {
      const after = await verdictsOf(
        following(
          DAEMON,
          changes.filter((_, i) => (part >> i) & 1),
        ),
      )
      expect(
        repairs.every((label) => after?.get(label) === 'holds'),
        `part ${part}`,
      ).toBe(false)
    }
  })

  it('is not looked for beyond one change that is enough', async () => {
    const file: ClusterFile = {
      basis: 'acked-everything',
      searches: ['outbound'],
      esp: { jump: 1, tellsJump: false },
    }
    const { advice, sizes, schemes, tried } = await advised(file)
    expect(advice[0]).toMatchObject({ changes: [{ policy: 'esp.jump', from: '1' }], breaks: [] })
    const after = await verdictsOf(following(file, advice[0]!.changes))
    expect(labelsWith(after, 'violated')).toEqual([])
    expect(sizes).toHaveLength(1)
    expect(schemes).toEqual({ sets: 0, judged: 0 })
    expect(tried).toBe(sizes[0]!.judged + 1)
    const { stdout } = await cli(['check', join(folder, `cluster-${count}.json`), '--scope', 'small'])
    expect(stdout).toMatch(
      /violated {2}SEQ-1[\s\S]*\n\nWhat would repair it\n\n {2}esp\.jump[\s\S]*one change is enough\.\n\nexit 1: \d violated\n$/,
    )
  })

  it.each([
    ['--advice-searches', '3', 'searches'],
    ['--advice-seconds', '0.000001', 'seconds'],
  ])('ends with %s %s, and says so', async (option, value, over) => {
    const found = await advised(DAEMON, option, value)
    expect(found).toMatchObject({ cut: true, over })
    expect(found.searches).toBeLessThanOrEqual(3)
    expect(found.unrepaired.length).toBeGreaterThan(0)
  })

  it('takes sets of up to three changes', async () => {
    const run = await cli(['check', 'told-before', '--advice', '--advice-changes', '4'])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(/a whole number from 1 to 3/)
  })
})

describe('advice as text', () => {
  const change = { policy: 'policies.merge', from: 'latest', to: 'maximum', means: '' }
  const one: AdviceJson = {
    changes: [change],
    scope: 'small',
    minimal: true,
    repairs: ['MID-1'],
    breaks: [],
    vacuous: [],
    prices: [{ label: 'synch/exch', unit: 'messages', before: 1, after: 1.5 }],
  }
  const found: AdvisedJson = {
    scope: 'default',
    advice: [],
    unrepaired: ['MID-1'],
    tried: 30,
    searches: 80,
    sizes: [
      { changes: 1, scope: 'small', sets: 17, judged: 17 },
      { changes: 2, scope: 'small', sets: 142, judged: 12 },
    ],
    schemes: { sets: 19, judged: 19 },
    budget: { seconds: 120, searches: 600, changes: 2 },
    cut: true,
    over: 'seconds',
  }

  it('does not sound as if there were no repair where the budget ended', () => {
    expect(adviceText(found, 1000)).toBe(
      `No repair was found yet: the search for one ended before all was tried.

Tried at the scope small: all 17 single changes, 12 of 142 pairs, the policies of all 19 shipped schemes of its kind. 30 sets of changes and 80 complete searches in all.
The 120 s that it may take were over before the rest was tried: --advice-seconds 600 looks longer.
`,
    )
    const { over: _, ...rest } = found
    const whole: AdvisedJson = {
      ...rest,
      sizes: [found.sizes[0]!, { changes: 2, scope: 'small', sets: 142, judged: 142 }],
      cut: false,
    }
    expect(adviceText(whole, 1000)).toMatch(
      /^None of the changes that were tried repairs anything\.\n[\s\S]*all 142 pairs[\s\S]*--advice-changes 3 tries triples as well\.\n$/,
    )
  })

  it('says of each set where it was judged, and whether all of it is needed', () => {
    const two = { ...one, changes: [change, change], scheme: 'acked-everything', minimal: false }
    const text = adviceText({ ...found, advice: [one, two], unrepaired: ['RPL-1'] }, 80)
    expect(text).toMatch(/ {2}policies\.merge {2}latest -> maximum\n {4}repairs MID-1\n/)
    expect(text).toContain('    judged at the scope small only, not at default\n')
    expect(text).toContain('  2 of the policies of acked-everything\n')
    expect(text).toMatch(/perhaps not all of these are needed/)
    expect(text).toContain('Nothing that was tried repairs RPL-1.\n')
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
  })
})
