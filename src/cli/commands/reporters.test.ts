/** `--reporter` and `--jsonl` by the built program, and the lines of files to which reports lead. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ResultJson } from '../../report/results/result-json.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const LIBRARY = `import { actionsOn } from 'clustercheck'

const action = actionsOn()
// 'Up' is not here.
export const up = action('Up', { guard: (s) => s.n < 4, effect: (d) => { d.n += 1 } })
`
const MODEL = `/** always('Low') stands in this comment as well. */
import { always, model, range, record } from 'clustercheck'
import { up } from './library.ts'

export default model('Counter', {
  state: record({ n: range(0, 5) }),
  actions: [up],
  properties: [
    always('Low', { label: 'LOW-1', holds: (s) => s.n < 3 }),
    always(
      'Fine',
      { holds: (s) => s.n < 5 },
    ),
  ],
})
`
const { path, remove } = folderWith({
  'library.ts': LIBRARY,
  'm.ts': MODEL,
  'c.json': `{
  "targets": [
    { "target": "./m.ts" },
    { "target": "esp-as-is", "scope": "small",
      "expect": {
        "SEQ-1": "violated",
        "IV-1": "holds"
      } }
  ]
}
`,
  'cluster.yaml': '# Ours.\nabout: Ours.\nbasis: no-synch\nrequires:\n  - MID-1\n',
  'names.mjs': `import { defineReporter } from 'clustercheck'
export default defineReporter(async ({ targets, outcome }, { exitCode, columns }) =>
  [outcome, exitCode, columns, ...targets.flatMap(({ verdicts }) => verdicts.map(({ label }) => label))].join(' ') + '\\n')
`,
  'throws.mjs': "export default () => { throw new Error('no such field') }\n",
  'nothing.mjs': 'export default () => undefined\n',
})
afterAll(remove)
const check = (...args: readonly string[]) =>
  cli(['check', ...args], { cwd: path, columns: 80, env: { GITHUB_WORKSPACE: '' } })
const resultOf = async (...args: readonly string[]) =>
  JSON.parse((await check(...args, '--json')).stdout) as ResultJson

describe('--reporter', () => {
  it('prints what a file makes of the result', async () => {
    const { code, stdout, stderr } = await check('m.ts', '--reporter', 'names.mjs', '--only', 'LOW-1')
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: 'unexpected 1 80 LOW-1\n', stderr: '' })
  })

  it('prints a report that comes along', async () => {
    const { stdout } = await check('m.ts', '--reporter', 'github')
    expect(stdout).toMatch(/^::error file=m\.ts,line=9,title=m\.ts LOW-1::/)
  })

  it.each([
    [['--reporter', 'junti'], /^No reporter is called 'junti'\. Did you mean 'junit'\?/],
    [['--reporter', 'nowhere.ts'], /^There is no file 'nowhere\.ts'/],
    [['--reporter', 'c.json'], /c\.json is not a file that can be loaded/],
    [['--reporter', 'throws.mjs'], /^The reporter throws\.mjs failed: no such field\.$/m],
    [
      ['--reporter', 'nothing.mjs'],
      /^The reporter nothing\.mjs failed: it returned something of type undefined, not a text\.$/m,
    ],
    [['--reporter', 'junit', '--json'], /^--json and --reporter would both be printed/],
  ])('%j is refused: exit 2', async (args, problem) => {
    const { code, stdout, stderr } = await check('m.ts', ...args)
    expect(stderr).toMatch(problem)
    expect([code, stdout]).toEqual([2, ''])
  })
})

describe('--jsonl', () => {
  it('prints a line for each part, and nothing else', async () => {
    const { stdout } = await check('m.ts', '--jsonl')
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind)
    expect(kinds).toEqual(['run', 'target', 'search', 'verdict', 'verdict', 'finding', 'end'])
  })
})

describe('places', () => {
  it('of a model are those of its properties and actions, in whichever file they stand', async () => {
    const [target] = (await resultOf('m.ts')).targets
    expect(target).toMatchObject({
      place: { file: 'm.ts', line: 5 },
      actionPlaces: { Up: { file: 'library.ts', line: 5 } },
      verdicts: [{ place: { file: 'm.ts', line: 9 } }, { place: { file: 'm.ts', line: 10 } }],
    })
    expect(target!.verdicts[0]!.counterexample!.changes).toEqual([
      [],
      ['n 0 -> 1'],
      ['n 1 -> 2'],
      ['n 2 -> 3'],
    ])
  })

  it('of a scheme are what is expected of it, and every step has one', async () => {
    const sarif = 'c.sarif'
    const { code, stdout } = await check('--config', 'c.json', '--sarif', sarif, '--github', '--quiet')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error file=c\.json,line=7,title=esp-as-is IV-1::/m)
    const [run] = JSON.parse(readFileSync(join(path, sarif), 'utf8')).runs
    const one = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'property/SEQ-1')
    expect(one.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'c.json' },
      region: { startLine: 6 },
    })
    const steps = one.codeFlows[0].threadFlows[0].locations as {
      location: { physicalLocation: { artifactLocation: { uri: string } } }
    }[]
    for (const { location } of steps)
      expect(location.physicalLocation.artifactLocation.uri).toMatch(/\/model\/.*\.[jt]s$/)
    expect(
      steps.some(({ location }) => location.physicalLocation.artifactLocation.uri.includes('environment')),
    ).toBe(true)
  })

  it('of a described cluster are in its file', async () => {
    const [target] = (
      await resultOf(
        'cluster.yaml',
        '--scope',
        'small',
        '--no-advice',
        '--only',
        'MID-1',
        '--vacuity',
        'warn',
      )
    ).targets
    expect(target!.place).toEqual({ file: 'cluster.yaml', line: 2 })
  })

  it('are relative to the root of the repository where a job says it', async () => {
    const { stdout } = await cli(['check', 'm.ts', '--only', 'LOW-1', '--reporter', 'github'], {
      cwd: path,
      env: { GITHUB_WORKSPACE: join(path, '..') },
    })
    expect(stdout).toMatch(/^::error file=clustercheck-test-\w+\/m\.ts,line=9,/)
  })
})
