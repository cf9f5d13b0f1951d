/** Data that contradicts itself is of no search: what a file says is refused when it cannot be true. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unlockedIncrement } from '../../examples/unlocked-increment.ts'
import type { ResultJson } from '../../report/results/result-json.ts'
import { check } from '../../search/breadth-first.ts'
import type { OutcomeData } from '../jobs/search-job.ts'
import { outcomeProblem } from '../saved/outcome-problem.ts'
import { modelProblem } from '../saved/paths-problem.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const MODEL = `
import { actionsOn, always, model, range, record, sometimes } from 'clustercheck'
const step = actionsOn()('Step', { guard: (s) => s.n < 4, effect: (d) => { d.n += 1 } })
export default model('Counter', {
  state: record({ n: range(0, 5) }), actions: [step],
  properties: [always('Low', { holds: (s) => s.n < 3 }), always('Fine', { holds: (s) => s.n < 5 }), sometimes('There', { holds: (s) => s.n === 2 })],
})
`
const { path, remove } = folderWith({ 'm.mjs': MODEL })
afterAll(remove)

// biome-ignore lint/suspicious/noExplicitAny: any part of it is altered.
type Json = any

describe('merge', () => {
  beforeAll(async () => {
    expect(await cli(['check', 'm.mjs', '--json', 'r.json'], { cwd: path })).toMatchObject({ code: 1 })
  })

  const merged = (alter: (result: Json) => unknown) => {
    const result = JSON.parse(readFileSync(join(path, 'r.json'), 'utf8')) as Json
    alter(result)
    writeFileSync(join(path, 'x.json'), JSON.stringify(result))
    return cli(['merge', 'x.json'], { cwd: path })
  }
  const of = (result: Json, label: string): Json =>
    result.targets[0].verdicts.find((verdict: Json) => verdict.label === label)

  it('takes what nothing was done to', async () => {
    expect(await merged(() => {})).toMatchObject({ code: 1, stderr: '' })
  })

  it.each<readonly [string, (result: Json) => unknown, RegExp]>([
    [
      'holds beside a counterexample',
      (r) => Object.assign(of(r, 'Low'), { verdict: 'holds' }),
      /m\.mjs Low is holds beside a counterexample/,
    ],
    [
      'violated without one',
      (r) => Object.assign(of(r, 'Low'), { counterexample: undefined }),
      /Low is violated without a counterexample/,
    ],
    [
      'a verdict that its kind has not',
      (r) => Object.assign(of(r, 'Fine'), { verdict: 'reached' }),
      /Fine is reached, which no always can be/,
    ],
    [
      'an outcome that does not follow',
      (r) => Object.assign(r, { outcome: 'expected' }),
      /its outcome is expected, and unexpected follows/,
    ],
    [
      'a violation that is no finding',
      (r) => Object.assign(r, { findings: [], outcome: 'expected' }),
      /Low is violated, and that is no finding/,
    ],
    [
      'a violation that is only a warning',
      (r) =>
        Object.assign(r, {
          findings: r.findings.map((f: Json) => ({ ...f, level: 'warning' })),
          outcome: 'expected',
        }),
      /no finding/,
    ],
    [
      'a verdict that is not as declared, and says so',
      (r) => Object.assign(of(r, 'Low'), { asDeclared: true }),
      /Low is violated, and says that this is as declared/,
    ],
    [
      'other sums than its searches',
      (r) => Object.assign(r.targets[0].search, { distinct: 9 }),
      /m\.mjs has distinct 9, and its searches have 5 together/,
    ],
    [
      'holds after a cut',
      (r) => {
        Object.assign(r.targets[0].searches[0], { complete: false, cut: 'states', frontier: 1 })
        r.targets[0].search.complete = false
        r.findings.push({ level: 'error', kind: 'cut', target: 'm.mjs', search: 'all', sentence: 'cut' })
      },
      /Fine is holds, and a search of m\.mjs was cut/,
    ],
    [
      'a cut that is no finding',
      (r) => {
        Object.assign(r.targets[0].searches[0], { complete: false, cut: 'states', frontier: 1 })
        r.targets[0].search.complete = false
      },
      /the search all of m\.mjs was cut, and that is no finding/,
    ],
    [
      'a trace of another length',
      (r) => Object.assign(of(r, 'Low').counterexample, { length: 7 }),
      /Low has a trace of 7 steps that lists 3/,
    ],
    [
      'a finding about nothing',
      (r) => Object.assign(r.findings[0], { target: 'n.mjs' }),
      /n\.mjs, which is none of its targets/,
    ],
    [
      'actions that were never taken',
      (r) => Object.assign(r.targets[0], { idle: ['Step'] }),
      /which actions were never taken/,
    ],
    [
      'fewer states generated than found',
      (r) => {
        r.targets[0].searches[0].generated = 1
        r.targets[0].search.generated = 1
      },
      /the search all of m\.mjs contradicts itself/,
    ],
  ])('refuses a result with %s', async (_, alter, problem) => {
    const { code, stdout, stderr } = await merged(alter)
    expect(stderr).toMatch(problem)
    expect([code, stdout]).toEqual([2, ''])
  })
})

describe('the outcome of a search', () => {
  it('is contradictory in many ways, and a real one in none', async () => {
    const model = unlockedIncrement(2)
    const { model: _, ...outcome } = await check(model)
    const problem = (change: object, judgement: object = {}): string | undefined => {
      const judgements = outcome.judgements.map((one, i) => (i === 0 ? { ...one, ...judgement } : one))
      const changed = { ...outcome, judgements, ...change } as OutcomeData
      return outcomeProblem(changed) ?? modelProblem(changed, model)
    }
    expect(problem({})).toBeUndefined()
    expect(outcome.judgements[0]!.verdict).toBe('violated')
    const path = outcome.judgements[0]!.path!
    expect(problem({ cut: 'states' })).toMatch(/complete and was cut/)
    expect(problem({ complete: false })).toMatch(/not complete and was not cut/)
    expect(problem({ frontier: 3 })).toMatch(/has left 3 states/)
    expect(problem({ generated: 1 })).toMatch(/distinct states and has generated 1/)
    expect(problem({ depth: 1_000 })).toMatch(/1000 levels deep/)
    expect(
      problem({ coverage: outcome.coverage.map((one) => ({ ...one, fresh: 10_000, taken: 10_000 })) }),
    ).toMatch(/were taken/)
    expect(problem({ exact: true, missProbability: 0.1 })).toMatch(/may have missed some/)
    expect(problem({}, { verdict: 'holds' })).toMatch(/is holds, beside a path that shows more/)
    expect(problem({}, { path: undefined })).toMatch(/is violated and no path shows it/)
    expect(problem({}, { verdict: 'unknown', path: undefined })).toMatch(/is unknown after a complete search/)
    expect(problem({}, { path: path.slice(0, -1) })).toMatch(/which its path does not show/)
    expect(problem({}, { path: [...path, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] })).toMatch(/levels/)
    expect(problem({}, { path: path.map((step, i) => (i === 1 ? 9_999 : step)) })).toMatch(
      /that the model does not allow/,
    )
    expect(problem({}, { property: 'Other' })).toMatch(/other properties than its model has/)
    expect(problem({ coverage: [{ ...outcome.coverage[0]!, action: 'Other' }] })).toMatch(/other actions/)
  })

  it('that was forged in the cache with a right checksum is not used', async () => {
    const run = () => cli(['check', 'm.mjs', '--json'], { cwd: path, env: { CLUSTERCHECK_CACHE: 'cache' } })
    await run()
    const [folder] = readdirSync(join(path, 'cache'))
    const [name] = readdirSync(join(path, 'cache', folder!))
    const file = join(path, 'cache', folder!, name!)
    const body = readFileSync(file, 'utf8')
      .split('\n')[1]!
      .replace('"verdict":"violated"', '"verdict":"holds"')
    writeFileSync(file, `${createHash('sha256').update(body).digest('hex')}\n${body}\n`)
    const again = await run()
    expect(again.stderr).toMatch(/is damaged and was not used; m\.mjs, all is searched again/)
    expect((JSON.parse(again.stdout) as ResultJson).targets[0]!.verdicts[0]!.verdict).toBe('violated')
  })
})
