/** What a command line cannot mean is refused in one sentence, before anything is searched. */

import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

const { path, remove } = folderWith({
  'm.mjs': `
import { actionsOn, always, model, range, record } from 'clustercheck'
const step = actionsOn()('Step', { guard: (s) => s.n < 3, effect: (d) => { d.n += 1 } })
export default model('Counter', { state: record({ n: range(0, 3) }), actions: [step], properties: [always('Low', { holds: (s) => s.n < 3 })] })
`,
})
afterAll(remove)

const run = (...args: readonly string[]) => cli(args, { cwd: path })

describe('the command line', () => {
  it.each([
    [
      ['check', 'm.mjs', '--workers', '257'],
      "--workers takes a whole number from 1 to 256; it was given '257'.",
    ],
    [['hunt', 'm.mjs', '--length', '1000000000'], '--length takes a whole number from 1 to 100000'],
    [['check', 'm.mjs', '--states', '0x10'], '--states takes a whole number of at least 1'],
    [['check', 'm.mjs', '--states', '1e309'], "it was given '1e309'."],
    [['check', 'm.mjs', '--states', '99999999999999999999'], '--states takes a whole number'],
    [
      ['check', 'm.mjs', '--states', '3_000_000_000'],
      "--states takes a whole number from 1 to 2080374784; it was given '3_000_000_000'.",
    ],
    [['check', 'm.mjs', '--seconds', '1e309'], '--seconds takes a positive number of seconds'],
    [['check', 'm.mjs', '--seconds', '0x10'], '--seconds takes a positive number of seconds'],
    [['check', 'm.mjs', '--seconds', '99999999999'], '--seconds takes a number of seconds up to 31536000'],
    [['check', 'm.mjs', '--states', '5', '--states', '7'], "--states is given twice, as '5' and as '7'"],
    [['check', 'm.mjs', '--cache', 'c', '--no-cache'], '--no-cache and --cache contradict each other'],
    [['check', 'm.mjs', '--no-cache', '--cache', 'c'], '--cache and --no-cache contradict each other'],
    [['check', 'm.mjs', '--json', 'a.json', '--json', 'b.json'], '--json is given twice'],
    [['check', 'm.mjs', '--every', '5'], '--every says how often --checkpoint or --resume saves'],
    [
      ['draw', 'cc1:m.mjs:all:Low:00000000:0', '--format', 'svg', '--output', 'x.png'],
      '--format is svg, and the name of x.png is that of png',
    ],
    [['draw', 'cc1:m.mjs:all:Low:00000000:0', '--format', 'svg', '--output', 'x.txt'], 'is that of text'],
    [
      ['graph', 'm.mjs', '--format', 'svg', '--output', 'x.dot'],
      '--format is svg, and the name of x.dot is that of dot',
    ],
  ])('%j is refused', async (args, problem) => {
    const { code, stdout, stderr } = await run(...args)
    expect(stderr).toContain(problem)
    expect([code, stdout]).toEqual([2, ''])
  })

  it('may say the same twice, and group digits', async () => {
    expect(await run('check', 'm.mjs', '--states', '1,000', '--states', '1,000')).toMatchObject({
      code: 1,
      stderr: '',
    })
  })

  it('starts no more threads for a hunt than there are runs, and says why there were fewer runs', async () => {
    const few = await run('hunt', 'm.mjs', '--runs', '3', '--workers', '150')
    expect(few.stdout).toMatch(/ by 3 threads/)
    expect(few.stdout).not.toContain('asked for')
    const enough = await run('hunt', 'm.mjs', '--runs', '1000', '--workers', '1')
    expect(enough.stdout).toMatch(
      /Of the 1,000 runs asked for \d+ were made: every property that runs can violate/,
    )
    const json = await run('hunt', 'm.mjs', '--runs', '1000', '--workers', '1', '--json')
    expect(JSON.parse(json.stdout).hunts[0]).toMatchObject({ runsAsked: 1000, ended: 'enough' })
  })

  it('removes the temporary folders of processes that are gone, and no others', async () => {
    const temporary = join(path, 'tmp')
    const here = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
    const gone = `clustercheck-${here}-2147483646-abcdef`
    const kept = [
      `clustercheck-${here}-${process.pid}-abcdef`,
      'clustercheck-00000000-2147483646-abcdef',
      'other',
    ]
    for (const name of [gone, ...kept]) mkdirSync(join(temporary, name), { recursive: true })
    await cli(['check', 'm.mjs'], { cwd: path, temporary })
    expect(readdirSync(temporary).sort()).toEqual([...kept].sort())
    rmSync(temporary, { recursive: true })
  })
})
