/** Tests of plans in parts: joined, they say what one run says; what does not fit together is refused. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

const counter = (end: number): string => `
import { actionsOn, always, model, range, record } from 'clustercheck'
const state = record({ n: range(0, 9) })
const action = actionsOn<typeof state>()
export default model('Counter to ${end}', {
  state,
  actions: [action('Up', { guard: (s) => s.n < ${end}, effect: (d) => { d.n += 1 } })],
  properties: [always<typeof state>('Below', { label: 'LOW-1', holds: (s) => s.n < 7 })],
})`
const CONFIG = {
  targets: [3, 5, 9].map((end) => ({
    target: `./${end}.ts`,
    expect: { 'LOW-1': end < 7 ? 'holds' : { verdict: 'violated', reason: 'it goes on' } },
  })),
}

const timeless = (text: string): unknown =>
  JSON.parse(text, (key, value) => (/econds|bytes|^run$|workers/.test(key) ? undefined : value))

describe('check in parts', () => {
  const { path, remove } = folderWith({
    '3.ts': counter(3),
    '5.ts': counter(5),
    '9.ts': counter(9),
    'clustercheck.config.json': JSON.stringify(CONFIG),
  })
  const check = (...args: readonly string[]) => cli(['check', ...args], { cwd: path })
  beforeAll(async () => {
    for (const [part, searches] of [
      ['1/2', 2],
      ['2/2', 1],
    ] as const)
      expect(await check('--shard', part, '--json', `${part[0]}.json`)).toEqual({
        code: 0,
        stdout: `Shard ${part}: ${searches} of 3 searches.\n`,
        stderr: '',
      })
  })
  afterAll(remove)

  it('says of all parts what it says of one run', async () => {
    const whole = await check('--json')
    const joined = await check('--join', '2.json,1.json', '--json')
    expect(whole.code).toBe(0)
    expect({ ...joined, stdout: timeless(joined.stdout) }).toEqual({
      ...whole,
      stdout: timeless(whole.stdout),
    })
  })

  it('refuses what does not fit together', async () => {
    const part = JSON.parse(readFileSync(join(path, '1.json'), 'utf8'))
    const altered = (file: string, change: object): string => {
      writeFileSync(join(path, file), JSON.stringify({ ...part, ...change }))
      return file
    }
    const [first, ...rest] = part.searches
    const judgements = [{ ...first.outcome.judgements[0], verdict: 'violated', path: [0, 0] }]
    altered('forged.json', {
      searches: [{ ...first, outcome: { ...first.outcome, judgements } }, ...rest],
    })
    altered('other.json', { program: { ...part.program, build: 'other' } })
    for (const [args, says] of [
      [['--join', '1.json'], /^The parts cannot be joined: part 2\/2 is missing\.$/m],
      [['--join', '1.json,1.json,2.json'], /: part 1\/2 is given twice\.$/m],
      [
        ['--join', 'forged.json,2.json'],
        /: of .*3\.ts, all one says that Below is violated, which its path does not show/,
      ],
      [
        ['--join', 'other.json,2.json'],
        /^The parts cannot be joined: other\.json was made by clustercheck .*, build other,/m,
      ],
      [
        ['--join', '1.json,2.json', '--deadlock'],
        /: none of them says anything of .*3\.ts, all: they are of another command line/,
      ],
      [['--shard', '1/2'], /^--shard takes --json, which was not given/],
      [['--shard', '1/2', '--json', 'a.json', '--junit', 'b.xml'], /^--shard takes --json, and no --junit/],
      [['--shard', '1/2', '--join', '1.json'], /^Of --queue, --shard and --join only one can be given/],
    ] as const) {
      const { code, stderr } = await check(...args)
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(says) })
    }
    const all = await cli(['validate', '--all', '--shard', '1/2', '--json'])
    expect(all).toMatchObject({ code: 2, stderr: expect.stringContaining('--shard is for one plan') })
  })
})

/** RFC 6027 section 3.9, where every member sets up SAs. */
const SPIS = `
about: How SPIs are chosen.
fixed: { basis: synch-sas, policies: { ikeBy: all }, searches: [spis] }
free:
  policies: { synchIke: [never, acknowledged] }
`

describe('what depends on what was found', () => {
  const { path, remove } = folderWith({ '9.ts': counter(9), 'spis.yaml': SPIS })
  afterAll(remove)

  it.each([
    ['hunt', ['hunt', '9.ts', '--runs', '40', '--slices', '5'], 'slices', 1],
    ['design', ['design', 'spis.yaml', '--scope', 'small', '--again-states', '300'], 'searches', 0],
  ] as const)('is said of all parts of a %s as of one run', async (_, line, jobs, code) => {
    const run = (...more: readonly string[]) => cli([...line, '--json', ...more], { cwd: path })
    const whole = await run()
    const parts = await Promise.all(
      ['1/2', '2/2'].map(async (part, i) => {
        const made = await run('--shard', part)
        expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' })
        writeFileSync(join(path, `part-${i}.json`), made.stdout)
        return JSON.parse(made.stdout)
      }),
    )
    for (const part of parts) expect(part[jobs].length).toBeGreaterThan(0)
    const joined = await run('--join', 'part-0.json,part-1.json')
    expect(whole.code).toBe(code)
    expect({ code: joined.code, said: timeless(joined.stdout) }).toEqual({
      code,
      said: timeless(whole.stdout),
    })
  })

  it('is refused where a part says what its model does not allow', async () => {
    const { stdout } = await cli(
      ['hunt', '9.ts', '--runs', '40', '--slices', '2', '--json', '--shard', '1/1'],
      {
        cwd: path,
      },
    )
    const made = JSON.parse(stdout)
    const [first, ...rest] = made.slices
    const sightings = [{ property: 0, run: 0, path: [0, 0] }]
    writeFileSync(
      join(path, 'forged.json'),
      JSON.stringify({ ...made, slices: [{ ...first, runs: { ...first.runs, sightings } }, ...rest] }),
    )
    const forged = await cli(
      ['hunt', '9.ts', '--runs', '40', '--slices', '2', '--json', '--join', 'forged.json'],
      { cwd: path },
    )
    expect(forged).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /slice 1 of 2 one says that a path does not show Below; it has been altered/,
      ),
    })
  })
})
