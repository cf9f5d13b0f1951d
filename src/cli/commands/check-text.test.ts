/** What `check` prints: the last line, traces, `--only`, `--quiet`, colours and widths. */
import { afterAll, describe, expect, it } from 'vitest'
import type { ResultJson } from '../../report/results/result-json.ts'
import { cli, folderWith } from '../testing/under-test.ts'

/** Two violations, one thing that holds, and an action that is never taken. */
const MODEL = `
import { actionsOn, always, model, range, record, sometimes } from 'clustercheck'
const action = actionsOn()
export default model('Counter', {
  state: record({ n: range(0, 5) }),
  actions: [
    action('AnActionWithAVeryLongNameThatNoTerminalOfEightyColumnsHasRoomForBesideItsThreeNumbers', { guard: (s) => s.n < 4, effect: (d) => { d.n += 1 } }),
  ],
  properties: [
    always('Low', { label: 'LOW-1', sentence: 'The counter stays low.', holds: (s) => s.n < 3 }),
    always('Lower', { label: 'LOW-2', holds: (s) => s.n < 2 }),
    always('Fine', { holds: (s) => s.n < 5 }),
    sometimes('There', { holds: (s) => s.n === 2 }),
  ],
})
`
const expectingOf = (expect: object): string => JSON.stringify({ targets: [{ target: './m.mjs', expect }] })
const { path, remove } = folderWith({
  'm.mjs': MODEL,
  'known.json': expectingOf({ 'LOW-1': 'violated', 'LOW-2': 'violated' }),
  'old.json': expectingOf({ 'LOW-1': 'violated', Fine: 'violated' }),
})
afterAll(remove)

const check = (...args: readonly string[]) => cli(['check', ...args], { cwd: path, columns: 80 })
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)!
describe('the last line of check', () => {
  it.each([
    [['m.mjs', '--only', 'Fine', '--states', '2'], 4, 'exit 4: 1 not decided; 1 search was cut'],
    [
      ['--config', 'old.json'],
      1,
      'exit 1: 1 violated; 1 not as declared; `clustercheck check --update` takes it over',
    ],
    [
      ['esp-as-is', '--scope', 'small', '--only', 'SEQ-1,IV-1'],
      1,
      'exit 1: 2 violated, all of them declared; with `--expected declared` this is 0',
    ],
  ])('explains the exit code of %j', async (args, code, line) => {
    const run = await check(...args)
    expect([run.code, lastLine(run.stdout)]).toEqual([code, line])
  })
})

describe('traces of check', () => {
  it('are that of the first violation, or all with --trace', async () => {
    const first = await check('m.mjs', '--vacuity', 'warn')
    expect(first.stdout.match(/^replay /gm)).toHaveLength(1)
    expect(first.stdout).toContain('LOW-1 Low is violated after 3 steps')
    expect(first.stdout).toContain('\n1 more counterexample: LOW-2. --trace prints it as well.\n')
    const all = await check('m.mjs', '--vacuity', 'warn', '--trace')
    expect(all.stdout.match(/^replay /gm)).toHaveLength(3)
    expect(all.stdout).not.toContain('more counterexample')
  })

  it('are that of the first finding of a config, or all with --trace', async () => {
    const args = ['--config', 'known.json', '--expected', 'good']
    const first = await check(...args)
    expect(first.stdout.match(/^clustercheck replay /gm)).toHaveLength(1)
    expect(first.stdout).toContain('--trace prints it as well')
    expect((await check(...args, '--trace')).stdout.match(/^clustercheck replay /gm)).toHaveLength(2)
  })
})

describe('--only', () => {
  it('judges what it names, and makes no search that judges none of it', async () => {
    const all = JSON.parse((await check('esp-as-is', '--scope', 'small', '--json')).stdout) as ResultJson
    const some = JSON.parse(
      (await check('esp-as-is', '--scope', 'small', '--json', '--only', 'SEQ-1,RPL-1')).stdout,
    ) as ResultJson
    expect(all.only).toBeUndefined()
    expect(some.only).toEqual(['SEQ-1', 'RPL-1'])
    expect(some.targets[0]!.verdicts).toEqual(
      all.targets[0]!.verdicts.filter(({ label }) => some.only!.includes(label)),
    )
    const names = (result: ResultJson) => result.targets[0]!.searches.map(({ name }) => name)
    expect(names(some).length).toBeLessThan(names(all).length)
    expect(names(all)).toEqual(expect.arrayContaining(names(some)))
  })

  it('takes the label of deadlocks where they are judged', async () => {
    expect((await check('m.mjs', '--only', 'Deadlock', '--deadlock')).stdout).toMatch(
      /^violated {2}Deadlock/m,
    )
  })

  it.each([
    [
      ['m.mjs', '--only', 'LOW-3'],
      /^No property of m\.mjs is called 'LOW-3'\. Did you mean 'LOW-1' or 'LOW-2'\?/,
    ],
    [['m.mjs', '--quiet', '--trace'], /^--quiet prints no trace/],
  ])('%j is wrong usage', async (args, problem) => {
    const { code, stderr } = await check(...args)
    expect(stderr).toMatch(problem)
    expect(code).toBe(2)
  })
})

describe('--quiet', () => {
  it('prints findings and the last line only', async () => {
    expect((await check('m.mjs', '--quiet')).stdout).toBe(
      '! m.mjs LOW-1: violated, expected holds\n! m.mjs LOW-2: violated, expected holds\nexit 1: 2 violated\n'.replaceAll(
        /violated(?=,)/g,
        (_, at: number) => `violated after ${at < 30 ? 3 : 2} steps`,
      ),
    )
    expect((await check('--config', 'known.json', '--quiet')).stdout).toBe(
      'exit 0: 4 verdicts, all as expected; 2 violated, as declared\n',
    )
  })
})

describe('the text of check', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for.
  const COLOURED = /\x1b\[/
  it.each([
    [{ FORCE_COLOR: '1' }, true],
    [{}, false],
  ])('with %j has colours: %s', async (env, has) => {
    const plain = { NO_COLOR: '', FORCE_COLOR: '', ...env }
    const run = await cli(['check', 'm.mjs'], { cwd: path, columns: 80, env: plain })
    expect(COLOURED.test(run.stdout)).toBe(has)
    if (has) {
      expect(run.stdout).toContain('\n\x1b[1;31mviolated\x1b[0m  LOW-1')
      expect(run.stdout).toContain('\n\x1b[1;31mexit 1\x1b[0m: ')
    }
  })

  it.each([60, 80])('fits into %i columns, but for tokens, which must not be cut', async (columns) => {
    const runs = await Promise.all(
      [
        ['m.mjs', '--trace', '--profile'],
        ['--config', 'old.json', '--trace'],
        ['esp-as-is', '--scope', 'small', '--only', 'SEQ-1'],
      ].map((args) => cli(['check', ...args], { cwd: path, columns })),
    )
    for (const { stdout } of runs) {
      const long = stdout
        .split('\n')
        .filter((line) => line.length > columns && !line.includes('clustercheck replay'))
      expect(long).toEqual([])
    }
  })
})
