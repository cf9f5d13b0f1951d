/** `check` on model files in a folder outside the repository, which import `clustercheck` without its installation. */
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, type Finished, folderWith } from '../testing/under-test.ts'

const LIBRARY = `
import { actionsOn, always, alwaysPossible, eventsOf, measureOn, model, type Model, range, record, sometimes } from 'clustercheck'

const state = record({ n: range(0, 1_000_000), m: range(0, 1_000_000) })
type State = typeof state
type Wire = { wentUp: { to: number } }
const action = actionsOn<State, Wire>()

export const counter = (end: number, ...properties: Model['properties']): Model =>
  model('Counter to ' + end, {
    about: 'Two counters.',
    state,
    events: eventsOf<Wire>(['all'], { wentUp: ({ to }) => ({ shape: 'mark', lane: 'all', text: 'up to ' + to }) }),
    actions: [
      action('Up', { choose: { by: [1, 2] }, guard: (s, { by }) => s.n + by <= end, effect: (d, { by }, emit) => { d.n += by; emit.wentUp({ to: d.n }) } }),
      action('Side', { guard: (s) => s.m < end && end > 100, effect: (d) => { d.m += 1 } }),
    ],
    properties,
  })
export const below = (limit: number) =>
  always<State>('Below', { label: 'LOW-1', sentence: 'The counter stays low.', source: 'RFC 1', holds: (s) => s.n < limit })
export const two = sometimes<State>('Two', { holds: (s) => s.n === 2 })
export const ten = sometimes<State>('Ten', { holds: (s) => s.n === 10 })
export const price = measureOn<Wire>()('Price', {
  label: 'PRC-1', sentence: 'What going up costs.', unit: 'coins', memory: record({}),
  on: { wentUp: (_, { to }, meter) => meter.reads(to / 2) },
})
export const zero = alwaysPossible<State>('Zero', { holds: (s) => s.n === 0 })
export const beyond = always<State>('Beyond', { situation: (s) => s.n > 100, holds: () => true })
`
const using = (names: string, model: string) =>
  `import { ${names} } from './library.ts'\nexport default ${model}\n`

const { path, remove } = folderWith({
  'library.ts': LIBRARY,
  'good.ts': using('below, counter, two', 'counter(5, below(9), two)'),
  'bad.mts': using('below, counter, two, zero', 'counter(5, below(4), two, zero)'),
  'unreached.ts': using('counter, ten', 'counter(5, ten)'),
  'vacuous.ts': using('beyond, counter', 'counter(5, beyond)'),
  'price.ts': using('counter, price', 'counter(5, price)'),
  'dear.ts': using('counter, price', 'counter(1_000_000, price)'),
  'large.ts': using('below, counter', 'counter(1_000_000, below(2_000_000))'),
  'wide.mjs':
    "import { actionsOn, always, model, range, record, setOf } from 'clustercheck'\nconst n = range(0, 17)\n" +
    "const state = record({ on: setOf(n) })\nconst set = actionsOn()('Set', { choose: { n: Array.from({ length: 18 }, (_, i) => i) }, guard: (s, { n }) => !s.on.has(n), effect: (d, { n }) => { d.on.add(n) } })\n" +
    "export default model('Wide', { state, actions: [set], properties: [always('Any', { holds: () => true })] })\n",
  'plain.js':
    "import { actionsOn, bool, model, record } from 'clustercheck'\nconsole.log('printed by the model')\n" +
    "const state = record({ on: bool })\nconst set = actionsOn()('Set', { effect: (d) => { d.on = true } })\n" +
    "export default model('Switch', { state, actions: [set], properties: [] })\n",
  'rest.ts':
    "import { actionsOn, always, model, range, record } from 'clustercheck'\nconst state = record({ n: range(0, 3) })\n" +
    "const add = actionsOn<typeof state>()('Add', { choose: { by: [1, 2] }, guard: (...given) => given[0].n + given[1].by <= 3, " +
    'effect: (d, { by } = { by: 1 }) => { d.n += by } })\n' +
    "export default model('Rest', { state, actions: [add], properties: [always<typeof state>('Low', { holds: (s) => s.n < 2 })] })\n",
  'loops.ts':
    "import { actionsOn, bool, model, record } from 'clustercheck'\nconst state = record({ on: bool })\n" +
    "const set = actionsOn<typeof state>()('Set', { effect: () => { for (;;); } })\n" +
    "export default model('Endless', { state, actions: [set] })\n",
})
const drawings = folderWith({})
const temporary = folderWith({})
beforeAll(() => chmodSync(path, 0o555))
afterAll(() => {
  chmodSync(path, 0o755)
  remove()
  drawings.remove()
  temporary.remove()
})

const check = (...args: readonly string[]): Promise<Finished> => cli(['check', ...args], { cwd: path })

describe('clustercheck check', () => {
  it('gives closures all that they take, where their parameters have defaults or are a rest', async () => {
    const { code, stdout } = await cli(['check', join(path, 'rest.ts')])
    expect(stdout).toMatch(/^violated +Low +after 1 step\n/m)
    expect(code).toBe(1)
  })

  it('prints verdicts and counts of a model in a read-only folder, and leaves no temporary files', async () => {
    const { code, stdout, stderr } = await cli(['check', 'good.ts', '--vacuity', 'ignore'], {
      cwd: path,
      temporary: temporary.path,
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.replace(/ +\d\.\d\d$/m, '  0.00').replace(/^\d+ runs/m, 'N runs')).toBe(
      `good.ts: Two counters.

holds    LOW-1  6 states
         The counter stays low. (RFC 1)
reached  Two    after 1 step

search  distinct  generated  depth  no successor  seconds
all            6         10      4             1  0.00

Complete; states compared whole.
N runs of guards, effects and tests were made twice, with others in between, and agreed.

action  enabled in  taken  new states
Up               5      9           5
Side             0      0           0

Never enabled: Side.

exit 0: 2 verdicts, all as expected
`,
    )
    expect(readdirSync(path)).not.toContain('model.mjs')
    expect(readdirSync(temporary.path)).toEqual([])
  })

  it('shows the trace of a violation with a token that replays it', async () => {
    const { code, stdout } = await check('bad.mts', '--exact', '--deadlock')
    expect(code).toBe(1)
    expect(stdout).toContain('states compared whole')
    expect(stdout).toMatch(/^violated {2}Deadlock {2}after 3 steps$/m)
    const token = /^replay +clustercheck replay (cc1:bad\.mts:all:LOW-1:[0-9a-f]{8}:0\.1\.1)$/m.exec(
      stdout,
    )?.[1]
    const replayed = await cli(['replay', token!], { cwd: path })
    expect(replayed.code).toBe(0)
    expect(stdout).toContain(replayed.stdout.trimEnd())
  })

  it('measures a price, shows what leads to it when asked, and replays it', async () => {
    const run = await check('price.ts', '--trace', '--vacuity', 'warn')
    expect(run.code).toBe(0)
    expect(run.stdout).toContain('measured  PRC-1  2.5 coins after 3 steps\n          What going up costs.\n')
    expect(run.stdout).toMatch(/^PRC-1 Price reads 2\.5 coins after 3 steps\n/m)
    const token = /^replay +clustercheck replay (cc1:price\.ts:all:PRC-1=2\.5:[0-9a-f]{8}:0\.0\.1\.1)$/m.exec(
      run.stdout,
    )?.[1]
    const replayed = await cli(['replay', token!], { cwd: path })
    expect(replayed.code).toBe(0)
    expect(run.stdout).toContain(replayed.stdout.trimEnd())
    const other = await cli(['replay', token!.replace('=2.5', '=3')], { cwd: path })
    expect(other.code).toBe(1)
    expect(other.stderr).toBe('The trace no longer shows that Price reads 3 coins at its last step.\n')
    const bare = await cli(['replay', token!.replace('=2.5', '')], { cwd: path })
    expect(bare.code).toBe(2)
    expect(bare.stderr).toMatch(/^The token says nothing that PRC-1 reads, which is a measure\.\n/)
    const [verdict] = JSON.parse((await check('price.ts', '--json')).stdout).targets[0].verdicts
    expect(verdict).toMatchObject({ kind: 'measure', verdict: 'measured', value: 2.5, unit: 'coins' })
    expect(verdict.witness.token).toBe(token)
  })

  it('gives a lower bound of a price when the search was cut: exit 4', async () => {
    const { code, stdout } = await check('dear.ts', '--states', '1000')
    expect(code).toBe(4)
    expect(stdout).toMatch(/^unknown {2}PRC-1 {2}at least [\d,.]+ coins, in [\d,]+ states$/m)
  })

  it.each([
    ['text', /^LOW-1 Below is false after step 2, Up\(by: 2\)\.\n\nLOW-1 Below is violated after 2 steps/],
    ['dot', /^(di)?graph /],
    ['svg', /<svg/],
    ['itf', /"format": "ITF"/],
    ['html', /^<!doctype html>/],
    ['mermaid', /^sequenceDiagram\n/],
    ['plantuml', /^@startuml\n/],
  ])('is drawn as %s, to standard output or a file', async (format, text) => {
    const { stdout: json } = await check('bad.mts', '--json')
    const { token } = JSON.parse(json).targets[0].verdicts[0].counterexample
    const { stdout } = await cli(['draw', token, '--format', format], { cwd: path })
    expect(stdout).toMatch(text)
    const written = await cli(['draw', token, '--output', join(drawings.path, `trace.${format}`)], {
      cwd: path,
    })
    expect(written).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(join(drawings.path, `trace.${format}`), 'utf8')).toBe(stdout)
  })

  it('answers in JSON and prints nothing else on standard output', async () => {
    const { code, stdout } = await check('bad.mts', '--json')
    expect(code).toBe(1)
    const { targets, ...rest } = JSON.parse(stdout)
    expect(rest).toMatchObject({ schemaVersion: 2, kind: 'result', outcome: 'unexpected' })
    const [result] = targets
    expect(result).toMatchObject({
      name: 'bad.mts',
      search: { distinct: 6, generated: 10, depth: 4, exact: true, complete: true },
      verdicts: [
        { property: 'Below', label: 'LOW-1', kind: 'always', verdict: 'violated', states: 6 },
        {
          property: 'Two',
          kind: 'sometimes',
          verdict: 'reached',
          witness: { length: 1, steps: ['Up(by: 2)'] },
        },
        { property: 'Zero', kind: 'alwaysPossible', verdict: 'violated', counterexample: { length: 1 } },
      ],
    })
    expect(Object.keys(result.search)).toEqual([
      'distinct',
      'generated',
      'depth',
      'exact',
      'missProbability',
      'complete',
      'elapsedSeconds',
    ])
    expect(result.verdicts[0].counterexample).toEqual({
      length: 2,
      token: expect.stringMatching(/^cc1:bad\.mts:all:LOW-1:[0-9a-f]{8}:0\.1\.1$/),
      initial: 'init',
      steps: ['Up(by: 2)', 'Up(by: 2)'],
      changes: [[], ['n 0 -> 2'], ['n 2 -> 4']],
    })
  })

  it('profiles a search when asked, in text and JSON, with the same result whatever the threads', async () => {
    const { code, stdout } = await check('large.ts', '--profile', '--states', '60000', '--workers', '3')
    expect(code).toBe(4)
    expect(stdout).toMatch(/^Profile of the search all: [\d,]+ states expanded by one thread\.$/m)
    expect(stdout).toMatch(/^variable +values +bits$/m)
    const small = await check('good.ts', '--profile', '--json')
    expect(JSON.parse(small.stdout).targets[0].searches[0].profile).toEqual({
      states: 6,
      actions: [
        { action: 'Up', tries: 12, taken: 9, fresh: 5 },
        { action: 'Side', tries: 6, taken: 0, fresh: 0 },
      ],
      variables: [
        { path: 'n', values: 6, bits: 2.584963 },
        { path: 'm', values: 1, bits: 0 },
      ],
    })
    expect(JSON.parse((await check('good.ts', '--json')).stdout).targets[0].searches[0]).not.toHaveProperty(
      'profile',
    )
  })

  it('sends what a model prints to standard error', async () => {
    const { code, stdout, stderr } = await check('plain.js', '--json')
    expect(code).toBe(0)
    expect(stderr).toContain('printed by the model')
    expect(JSON.parse(stdout).targets[0].verdicts).toEqual([])
  })

  it.each([
    ['unreached.ts', 'unreached', 1],
    ['vacuous.ts', 'vacuous', 1],
  ])('%s is %s: exit %i', async (file, verdict, code) => {
    const run = await check(file)
    expect(run.stdout).toMatch(new RegExp(`^${verdict} `, 'm'))
    expect(run.code).toBe(code)
  })

  it.each([
    ['--states', '1000', 'the limit on states'],
    ['--seconds', '0.2', 'the limit on seconds'],
    ['--memory', '1MB', 'the limit on memory'],
  ])('a search cut by %s is unknown: exit 4', async (option, value, cause) => {
    const { code, stdout } = await check('large.ts', option, value)
    expect(code).toBe(4)
    expect(stdout).toMatch(/^unknown {2}LOW-1 {2}not decided in [\d,]+ states$/m)
    expect(stdout).toContain(`The search all was cut by ${cause}`)
  })

  it('goes on in a file when its memory is scarce, of which nothing is left', async () => {
    const searched = async (memory: string) => {
      const { path: own, remove } = folderWith({})
      const args = ['check', 'wide.mjs', '--memory', memory, '--workers', '1', '--json']
      const { code, stdout, stderr } = await cli(args, { cwd: path, temporary: own })
      const left = readdirSync(own)
      remove()
      const { distinct, generated, depth, complete } = JSON.parse(stdout).targets[0].searches[0]
      return { code, stderr, left, distinct, generated, depth, complete }
    }
    const whole = await searched('1GB')
    expect(whole).toMatchObject({ code: 0, left: [], distinct: 2 ** 18, complete: true })
    expect(await searched('3MB')).toEqual(whole)
  })

  it('says what it covered when it is interrupted: exit 4', async () => {
    const { code, stdout, stderr } = await cli(['check', 'large.ts'], { cwd: path, interruptAfter: [3000] })
    expect(stderr).toBe(
      'Interrupted: each search now says what it covered; interrupt again not to wait for it.\n',
    )
    expect(code).toBe(4)
    expect(stdout).toContain('The search all was cut by an interrupt')
    expect(stdout).toMatch(/^unknown {2}LOW-1 {2}not decided in [\d,]+ states$/m)
    expect(Number(/^all +([\d,]+)/m.exec(stdout)![1]!.replaceAll(',', ''))).toBeGreaterThan(0)
  })

  it('ends at the second interrupt even while the code of the model is running', async () => {
    const { code, stdout } = await cli(['check', 'loops.ts'], { cwd: path, interruptAfter: [3000, 3500] })
    expect(code).toBe(4)
    expect(stdout).toContain('The search all was cut by an interrupt')
  })
})
