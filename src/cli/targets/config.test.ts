/** Tests of files of expectations: what is as expected, what is not, and what cannot be expected; and of `init`. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

const MODEL = `
import { actionsOn, always, eventsOf, measureOn, model, range, record, sometimes } from 'clustercheck'
const state = record({ n: range(0, 50) })
type Wire = { wentUp: { to: number } }
const action = actionsOn<typeof state, Wire>()
export default model('Counter', {
  state,
  events: eventsOf<Wire>(['all'], { wentUp: () => ({ shape: 'mark', lane: 'all', text: 'up' }) }),
  actions: [
    action('Step', { guard: (s) => s.n < 5, effect: (d, _, emit) => { d.n += 1; emit.wentUp({ to: d.n }) } }),
    action('Never', { guard: (s) => s.n > 5, effect: (d) => { d.n = 0 } }),
  ],
  properties: [
    always<typeof state>('Low', { label: 'LOW-1', sentence: 'It is low.', holds: (s) => s.n < 3 }),
    always<typeof state>('High', { label: 'LOW-2', holds: (s) => s.n < 30, situation: (s) => s.n > 10 }),
    sometimes<typeof state>('Two', { holds: (s) => s.n === 2 }),
    measureOn<Wire>()('Price', { label: 'PRC-1', unit: 'coins', memory: record({}), on: { wentUp: (_, { to }, meter) => meter.reads(to / 3) } }),
  ],
})
`
const AS_IT_IS = {
  'LOW-1': { verdict: 'violated', reason: 'known until the next version' },
  'LOW-2': 'vacuous',
  'PRC-1': 5 / 3,
}

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith({ 'm.ts': MODEL })
})
afterEach(() => folder.remove())

const run = (...args: readonly string[]) => cli(args, { cwd: folder.path })
const write = (config: unknown, file = 'clustercheck.config.json') =>
  writeFileSync(join(folder.path, file), typeof config === 'string' ? config : JSON.stringify(config))
const target = (change: object = {}, expected: object = AS_IT_IS) => ({
  targets: [{ target: 'm.ts', expect: expected, idle: ['Never'], ...change }],
})

describe('check without a TARGET', () => {
  it('compares what is found with what is expected, and tells why it is', async () => {
    write(target())
    const { code, stdout, stderr } = await run('check')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('  LOW-1  violated after 3 steps, as declared: known until the next version\n')
    expect(stdout).toMatch(
      /^4 verdicts on 1 target, 6 distinct states, [\d.]+ s\.\nexit 0: 4 verdicts, all as expected; 1 violated, as declared\n$/m,
    )
    const { targets, ...result } = JSON.parse((await run('check', '--json')).stdout)
    expect(result).toMatchObject({
      expected: 'declared',
      config: 'clustercheck.config.json',
      outcome: 'expected',
      findings: [],
    })
    expect(targets[0]).toMatchObject({ name: 'm.ts', asDeclared: true, idle: ['Never'] })
  })

  it.each([
    [
      'a violation that is not expected',
      target({}, { ...AS_IT_IS, 'LOW-1': 'holds' }),
      'm.ts LOW-1: violated after 3 steps, declared holds',
    ],
    [
      'a violation that no longer occurs',
      target({}, { ...AS_IT_IS, Two: 'unreached' }),
      'm.ts Two: reached, declared unreached',
    ],
    [
      'another number',
      target({}, { ...AS_IT_IS, 'PRC-1': 2 }),
      'm.ts PRC-1: measured 1.6666666666666667, declared 2',
    ],
    [
      'an action that is taken',
      target({ idle: ['Never', 'Step'] }),
      'm.ts: the action Step is taken, declared never to be taken',
    ],
    ['an action that is never taken', target({ idle: [] }), 'm.ts: the action Never is never taken'],
    ['what is vacuous', target({}, { ...AS_IT_IS, 'LOW-2': 'holds' }), 'm.ts LOW-2: vacuous, declared holds'],
  ])('fails for %s', async (_, config, sentence) => {
    write(config)
    const { code, stdout } = await run('check', '--vacuity', 'error')
    expect(code).toBe(1)
    expect(stdout).toContain(`\n\n! ${sentence}\n`)
    expect(stdout).toMatch(/^exit 1: /m)
  })

  it('judges vacuity that nobody declares as it is told to, and a changed verdict always', async () => {
    const { 'LOW-2': _, ...rest } = AS_IT_IS
    write(target({ idle: [] }, rest))
    const codes = async () => {
      const runs = ['error', 'warn', 'ignore'].map((level) => run('check', '--vacuity', level, '--json'))
      return (await Promise.all(runs)).map(({ code, stdout }) => [
        code,
        ...JSON.parse(stdout).findings.map((finding: { level: string; kind: string }) => finding.level),
      ])
    }
    expect(await codes()).toEqual([[1, 'error', 'error'], [0, 'warning', 'warning'], [0]])
    write(target({}, { ...AS_IT_IS, 'LOW-2': 'holds' }))
    expect((await codes()).map(([code]) => code)).toEqual([1, 1, 1])
  })

  it('is cut by the limits that are listed: exit 4', async () => {
    write(target({ limits: { states: 2 } }, {}))
    const { code, stdout } = await run('check')
    expect(code).toBe(4)
    expect(stdout).toMatch(/^exit 4: \d+ not decided; 1 search was cut$/m)
  })

  it.each([
    [
      'a property',
      target({}, { 'LOW-3': 'holds' }),
      /No property of m\.ts is called 'LOW-3'\. Did you mean 'LOW-1' or 'LOW-2'\?/,
    ],
    [
      'an action',
      target({ idle: ['Newer'] }),
      /No action of m\.ts is called 'Newer'\. Did you mean 'Never'\?/,
    ],
    [
      'a scheme',
      { targets: [{ target: 'synch-ikes' }] },
      /^No scheme is called 'synch-ikes'\. Did you mean 'synch-ike'/,
    ],
    ['a file', { targets: [{ target: './x.ts' }] }, /^There is no file 'x\.ts'\./],
    [
      'a field',
      target({ expects: {} }),
      /^clustercheck\.config\.json does not say what is expected: targets\.0 has 'expects', but takes .*; did you mean 'expect'\.\n$/,
    ],
    [
      'a verdict',
      target({}, { 'LOW-1': 'hold' }),
      /targets\.0\.expect\.LOW-1 is 'hold'; it must be one of holds, violated, /,
    ],
    [
      'one target twice',
      { targets: [...target().targets, ...target().targets] },
      /^clustercheck\.config\.json lists the target m\.ts twice\./,
    ],
    [
      'no target',
      { targets: [] },
      /does not say what is expected: targets is a list of 0; it must NOT have fewer than 1 items\.\n$/,
    ],
    ['nothing', 'null', /does not say what is expected: the whole is null; it must be object\.\n$/],
    ['no JSON', '{', /^clustercheck\.config\.json is no JSON: /],
  ])('refuses a file that names %s that there is not', async (_, config, text) => {
    write(config)
    const { code, stdout, stderr } = await run('check')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(text)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('takes one file only, and no option that is for one target', async () => {
    write(target())
    expect((await run('check', '--scope', 'small')).stderr).toMatch(
      /^--scope is for one TARGET, and none was named\./,
    )
    expect((await run('check', 'm.ts', '--config', 'x.json')).stderr).toMatch(
      /both say what to check; only one can\./,
    )
    write('export default {}', 'clustercheck.config.ts')
    expect((await run('check')).stderr).toBe(
      'There are clustercheck.config.ts and clustercheck.config.json: only one of them can say what is expected.\n',
    )
  })
})

describe('init', () => {
  it.each(['clustercheck.config.ts', 'clustercheck.config.json'])(
    'writes %s, which is then as expected',
    async (file) => {
      const { code, stdout } = await run('init', 'm.ts', '--output', file)
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: `${file} expects 4 verdicts. Read it, and write down why a violation is expected.\n`,
      })
      expect(await run('check')).toMatchObject({ code: 0, stderr: '' })
      const before = readFileSync(join(folder.path, file), 'utf8')
      const again = await run('init', 'm.ts', '--output', file)
      expect(again).toMatchObject({ code: 2, stdout: '' })
      expect(again.stderr).toContain(`${file} is there already`)
      expect(readFileSync(join(folder.path, file), 'utf8')).toBe(before)
      expect((await run('init', 'm.ts', '--output', file, '--force')).code).toBe(0)
      expect(readdirSync(folder.path).sort()).toEqual([file, 'm.ts'])
    },
  )

  it('names models from where it writes, and schemes with their scope', async () => {
    const { path } = folder
    expect((await run('init', 'm.ts', '--output', 'nowhere/c.json')).code).toBe(2)
    expect(existsSync(join(path, 'nowhere'))).toBe(false)
    const inner = folderWith({})
    const made = await cli(['init', join(path, 'm.ts'), '--output', 'c.json'], { cwd: inner.path })
    expect(made.code).toBe(0)
    const checked = await cli(['check', '--config', 'c.json'], { cwd: inner.path })
    inner.remove()
    expect(checked).toMatchObject({ code: 0, stderr: '' })
    expect((await run('init', 'esp-wraps', '--scope', 'small')).code).toBe(0)
    expect(readFileSync(join(path, 'clustercheck.config.ts'), 'utf8')).toContain('"scope": "small"')
    expect((await run('check')).code).toBe(0)
  })
})
