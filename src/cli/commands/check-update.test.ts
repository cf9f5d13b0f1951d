/** `check --update`: what was found is taken over, and nothing else of the file changes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lineDifference } from '../files/line-difference.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const MODEL = `
import { actionsOn, always, model, range, record, sometimes } from 'clustercheck'
const action = actionsOn()
export default model('Counter', {
  state: record({ n: range(0, 5) }),
  actions: [
    action('Up', { guard: (s) => s.n < 4, effect: (d) => { d.n += 1 } }),
    action('Never', { guard: () => false, effect: () => {} }),
  ],
  properties: [
    always('Low', { label: 'LOW-1', holds: (s) => s.n < 3 }),
    always('Fine', { holds: (s) => s.n < 5 }),
    sometimes('There', { holds: (s) => s.n === 2 }),
  ],
})
`
const CONFIG = `// What we know.
import type { Config } from 'clustercheck'

export default {
  targets: [
    {
      target: './m.mjs',
      // Read the minutes of May before you change this.
      expect: {
        'LOW-1': { verdict: 'holds', reason: 'repaired in 1.2' }, // is it?
        Fine: 'violated', // "was"
      },
      idle: ['Up'],
    },
  ],
} satisfies Config
`
const { path, remove } = folderWith({
  'm.mjs': MODEL,
  'clustercheck.config.ts': CONFIG,
  'c.json': '{ "targets": [ { "target": "./m.mjs" } ] }\n',
  'computed.mjs': "const targets = ['./m.mjs'].map((target) => ({ target }))\nexport default { targets }\n",
})
afterAll(remove)
const check = (args: readonly string[], CI = '') =>
  cli(['check', ...args], { cwd: path, columns: 80, env: { CI } })
const read = (name: string): string => readFileSync(join(path, name), 'utf8')

describe('--update', () => {
  it('is refused in CI, with a TARGET, and beside what reports differences', async () => {
    for (const [args, problem, CI] of [
      [['--update'], /^--update changes what is expected, and CI is set/, 'true'],
      [
        ['m.mjs', '--update'],
        /^--update changes a file of expectations; it cannot be given with a TARGET/,
        '',
      ],
      [
        ['--update', '--json', 'x.json'],
        /^--update shows what it changes; it cannot be given with --json/,
        '',
      ],
    ] as const) {
      const { code, stderr, stdout } = await check(args, CI)
      expect(stderr).toMatch(problem)
      expect([code, stdout]).toEqual([2, ''])
    }
    expect(read('clustercheck.config.ts')).toBe(CONFIG)
  })

  it('takes over verdicts and actions, keeps comments and reasons, and shows the difference', async () => {
    const { code, stdout, stderr } = await check(['--update'])
    expect([code, stderr]).toEqual([0, ''])
    expect(read('clustercheck.config.ts')).toBe(
      CONFIG.replace("verdict: 'holds'", "verdict: 'violated'")
        .replace("Fine: 'violated'", "Fine: 'holds'")
        .replace("['Up']", "['Never']"),
    )
    expect(stdout.split('\n')).toEqual([
      '        // Read the minutes of May before you change this.',
      '        expect: {',
      "-         'LOW-1': { verdict: 'holds', reason: 'repaired in 1.2' }, // is it?",
      '-         Fine: \'violated\', // "was"',
      "+         'LOW-1': { verdict: 'violated', reason: 'repaired in 1.2' }, // is it?",
      '+         Fine: \'holds\', // "was"',
      '        },',
      "-       idle: ['Up'],",
      "+       idle: ['Never'],",
      '      },',
      '    ],',
      '',
      'clustercheck.config.ts: 2 verdicts and 2 actions taken over.',
      'The reason was written for another verdict; read it again: LOW-1.',
      '',
    ])
    expect((await check([])).code).toBe(0)
    const again = await check(['--update'])
    expect([again.code, again.stdout]).toEqual([
      0,
      'clustercheck.config.ts expects what was found; nothing was changed.\n',
    ])
  })

  it('adds what a file does not say, and asks for the reason', async () => {
    const { code, stdout } = await check(['--config', 'c.json', '--update'])
    expect(code).toBe(0)
    expect(stdout).toContain('Write down why this is expected, as { verdict, reason }: LOW-1.')
    expect(read('c.json')).toBe(
      '{ "targets": [ { "target": "./m.mjs", "expect": { "LOW-1": "violated" }, "idle": ["Never"] } ] }\n',
    )
    expect((await check(['--config', 'c.json'])).code).toBe(0)
  })

  it('leaves a file alone that computes what it expects', async () => {
    const { code, stderr } = await check(['--config', 'computed.mjs', '--update'])
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^computed\.mjs cannot be updated: what it expects is not written in it as plain values\./,
    )
  })

  it('leaves what a cut search did not decide as it was: exit 4', async () => {
    writeFileSync(
      join(path, 'cut.json'),
      '{"targets":[{"target":"./m.mjs","limits":{"states":2},"expect":{"Fine":"holds","There":"unreached"}}]}\n',
    )
    const { code, stdout } = await check(['--config', 'cut.json', '--update'])
    expect([code, stdout]).toEqual([
      4,
      'cut.json expects what was found; nothing was changed.\nA search was cut: what it did not decide stays as it was.\n',
    ])
  })
})

describe('a difference of lines', () => {
  it('shows what changed with two lines around', () => {
    const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
    const after = lines.flatMap((line) => (line === 'b' ? [] : line === 'j' ? ['J', 'J2'] : [line]))
    expect(lineDifference(lines.join('\n'), after.join('\n'))).toEqual([
      '  a',
      '- b',
      '  c',
      '  d',
      '...',
      '  h',
      '  i',
      '- j',
      '+ J',
      '+ J2',
      '  k',
      '  l',
    ])
    expect(lineDifference('a\nb', 'a\nb')).toEqual([])
  })
})
