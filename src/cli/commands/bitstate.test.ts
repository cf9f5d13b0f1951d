/** `check --bitstate` on a model file: verdicts, what is said about its bits, exit codes, and what it refuses. */
import { afterAll, describe, expect, it } from 'vitest'
import { cli, type Finished, folderWith } from '../testing/under-test.ts'

const using = (end: number, properties: string) => `
import { actionsOn, always, alwaysPossible, model, range, record, sometimes } from 'clustercheck'
const state = record({ n: range(0, 1_000_000), m: range(0, 1_000) })
const action = actionsOn<typeof state>()
export default model('Counter', {
  about: 'Two counters.',
  state,
  actions: [
    action('Up', { choose: { by: [1, 2] }, guard: (s, { by }) => s.n + by <= ${end}, effect: (d, { by }) => { d.n += by } }),
    action('Side', { guard: (s) => s.m < 3, effect: (d) => { d.m += 1 } }),
  ],
  properties: [${properties}],
})`
const LOW = "always<typeof state>('Below', { label: 'LOW-1', holds: (s) => s.n < 9 })"
const FINE = "always<typeof state>('Fine', { holds: (s) => s.n < 1_000_000 || s.m > 0 })"
const TWO = "sometimes<typeof state>('Two', { holds: (s) => s.n === 2 })"
const NEVER = "sometimes<typeof state>('Never', { holds: (s) => s.n === 999 })"
const ZERO = "alwaysPossible<typeof state>('Zero', { holds: (s) => s.n === 0 })"

const { path, remove } = folderWith({
  'bad.ts': using(20, [LOW, TWO, NEVER, ZERO].join(', ')),
  'good.ts': using(20, FINE),
  'large.ts': using(999_999, FINE),
})
afterAll(remove)

const check = (...args: readonly string[]): Promise<Finished> => cli(['check', ...args], { cwd: path })

describe('clustercheck check --bitstate', () => {
  it('finds a violation, and says how it was found: exit 1', async () => {
    const { code, stdout, stderr } = await check('bad.ts', '--bitstate', '1MB')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^violated {2}LOW-1 {2}a path of 5 steps, not necessarily a shortest one$/m)
    expect(stdout).toMatch(/^reached {3}Two {4}a path of 1 step, not necessarily a shortest one$/m)
    expect(stdout).toMatch(/^unknown {3}Never {2}not decided in 84 states$/m)
    expect(stdout).toMatch(/^unknown {3}Zero {3}not decided in 84 states$/m)
    const text = stdout.replaceAll('\n', ' ')
    expect(text).toContain(
      'The search all was a bitstate search: it proves nothing, and what it did not find is unknown. It stored 84 states by 3 bits each in 1 MB, of which 0.003% are set. By this fill, an estimate, none of the states that it met was taken for known. What must always stay possible is not judged, since no transitions are kept.',
    )
    expect(text).not.toMatch(/holds|Complete|probability/)
    const token = /^replay +clustercheck replay (cc1:\S+)$/m.exec(stdout)?.[1]
    const replayed = await cli(['replay', token!], { cwd: path })
    expect(replayed.code).toBe(0)
    expect(stdout).toContain(replayed.stdout.trimEnd())
  })

  it('proves nothing when it finds nothing: exit 4', async () => {
    const { code, stdout } = await check('good.ts', '--bitstate', '64KB', '--deadlock')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^violated {2}Deadlock {2}a path of/m)
    const other = await check('good.ts', '--bitstate', '64KB')
    expect(other.code).toBe(4)
    expect(other.stdout).toMatch(/^unknown {2}Fine {2}not decided in 84 states$/m)
  })

  it('says that it met its depth bound, and with which seed', async () => {
    const { stdout } = await check('good.ts', '--bitstate', '64KB', '--depth', '5', '--seed', '7')
    const text = stdout.replaceAll('\n', ' ')
    expect(text).toMatch(/are set, with seed 7\./)
    expect(text).toMatch(/The depth bound of 5 steps was met: \d+ states at its end were not expanded\./)
  })

  it('estimates what it left out', async () => {
    const { code, stdout } = await check('good.ts', '--bitstate', '64')
    expect(code).toBe(4)
    expect(stdout.replaceAll('\n', ' ')).toMatch(
      /in 64 B, of which \d+(\.\d+)?% are set\. By this fill, an estimate, 9\d(\.\d+)?% of the states that it met were stored: about \d+ (was|were) taken for known, and/,
    )
  })

  it('answers in JSON', async () => {
    const { code, stdout } = await check('bad.ts', '--bitstate', '4096', '--json')
    expect(code).toBe(1)
    const [{ search, searches, verdicts }] = JSON.parse(stdout).targets
    expect(search).toMatchObject({ complete: false, missProbability: 1 })
    expect(searches[0].bitstate).toMatchObject({
      bits: 32_768,
      hashes: 3,
      depth: 1_000_000,
      bound: 0,
      seed: 0,
    })
    expect(verdicts.map((v: { verdict: string }) => v.verdict)).toEqual([
      'violated',
      'reached',
      'unknown',
      'unknown',
    ])
  })

  it('stops at a limit and at an interrupt: exit 4', async () => {
    const limited = await check('large.ts', '--bitstate', '1MB', '--states', '1000')
    expect(limited.code).toBe(4)
    expect(limited.stdout).toContain('The search all was cut by the limit on states')
    expect(limited.stdout).toContain('was a bitstate search')
    const interrupted = await cli(['check', 'large.ts', '--bitstate', '512MB'], {
      cwd: path,
      interruptAfter: [5000],
    })
    expect(interrupted.code).toBe(4)
    expect(interrupted.stdout).toMatch(/cut by an interrupt|was a bitstate search/)
  })

  it.each([
    [
      ['--bitstate', '1MB', '--exact'],
      '--bitstate keeps no states that --exact could compare whole: only one of them can be given.',
    ],
    [['--depth', '3'], '--depth is for a bitstate search, and --bitstate is not given.'],
    [['--seed', '3'], '--seed is for a bitstate search, and --bitstate is not given.'],
    [['--bitstate', '20GB'], "--bitstate takes at most 16 GB; it was given '20GB'."],
    [
      ['--bitstate', '1GB', '--memory', '1MB'],
      '--bitstate takes less than the 1 MB of memory that a search may use; it was given 1.0 GB.',
    ],
    [
      ['--bitstate', '1MB', '--depth', '99999999'],
      "--depth takes fewer than 16,777,216 steps; it was given '99999999'.",
    ],
    [
      ['--bitstate', 'much'],
      "--bitstate takes a size in bytes with an optional unit, such as 512MB or 2GB; it was given 'much'.",
    ],
  ])('refuses %o', async (args, sentence) => {
    expect(await check('good.ts', ...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` })
  })
})
