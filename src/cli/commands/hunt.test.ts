/** `clustercheck hunt` on real threads: findings, exit codes, tokens, and what is refused. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

const COUNTER = `
import { actionsOn, always, model, range, record } from 'clustercheck'
const state = record({ next: range(0, 5), highest: range(0, 5) })
const action = actionsOn<typeof state>()
export default model('Counter', {
  state,
  actions: [
    action('Send', { guard: (s) => s.next < 5, effect: (d) => { d.next += 1; d.highest = Math.max(d.highest, d.next) } }),
    action('TakeOver', { effect: (d) => { d.next = 0 } }),
  ],
  properties: [always<typeof state>('NeverBehind', { holds: (s) => s.next >= s.highest })],
})`
const VITEST = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs')

const { path, remove } = folderWith({
  'counter.ts': COUNTER,
  'bridge.ts': `
import { actionsOn, alwaysPossible, model, range, record } from 'clustercheck'
const state = record({ here: range(0, 12), burnt: range(0, 1) })
const action = actionsOn<typeof state>()
export default model('Bridge', {
  state,
  actions: [
    action('Go', { guard: (s) => s.here < 12, effect: (d) => { d.here += 1 } }),
    action('Back', { guard: (s) => s.here > 0 && s.burnt === 0, effect: (d) => { d.here -= 1 } }),
    action('Burn', { fault: true, guard: (s) => s.here > 2, effect: (d) => { d.burnt = 1 } }),
    action('Fly', { weight: 3, guard: (s) => s.here > 99, effect: (d) => { d.here = 0 } }),
  ],
  properties: [alwaysPossible<typeof state>('Home', { holds: (s) => s.here === 0 })],
})`,
  'runs.ts': `
import { actionsOn, eventually, model, range, record } from 'clustercheck'
const state = record({ n: range(0, 3) })
const action = actionsOn<typeof state>()
export default model('Runs', {
  state,
  actions: [action('Up', { guard: (s) => s.n < 3, effect: (d) => { d.n += 1 } })],
  properties: [eventually<typeof state>('Comes', { holds: (s) => s.n === 9 })],
})`,
  'faulty.ts': `
import { actionsOn, model, range, record } from 'clustercheck'
const state = record({ n: range(0, 3) })
export default model('Faulty', { state, actions: [actionsOn<typeof state>()('Up', { effect: (d) => { d.n += 1 } })] })`,
})
afterAll(remove)

const BRIDGE = join(path, 'bridge.ts')

describe('hunt', () => {
  it('does not judge whole runs, and says who does', async () => {
    const { code, stdout } = await cli(['hunt', join(path, 'runs.ts'), '--runs', '5'])
    expect(code).toBe(0)
    expect(stdout).toContain(
      'unknown  Comes  speaks of whole runs, which end too soon here; check judges it\n',
    )
  })

  it('finds the same with one thread and with two, by traces that replay', async () => {
    const hunted = async (workers: number) => {
      const args = ['hunt', 'esp-as-is', '--search', 'outbound', '--runs', '400', '--seed', '5', '--json']
      const { code, stdout } = await cli([...args, '--workers', String(workers)])
      expect(code).toBe(1)
      const [{ seconds: _, ...hunt }] = JSON.parse(stdout).hunts
      return hunt
    }
    const alone = await hunted(1)
    expect(await hunted(2)).toEqual(alone)
    expect(alone.runs).toBe(400)
    const violated = alone.verdicts.filter((v: { verdict: string }) => v.verdict === 'violated')
    expect(
      violated.map((v: { label: string; trace: { length: number } }) => [v.label, v.trace.length]),
    ).toEqual([
      ['SEQ-1', 4],
      ['SEQ-2o', 4],
      ['IV-1', 4],
      ['ANO-1', 4],
    ])
    const { token } = violated[0].trace
    const replayed = await cli(['replay', token])
    expect(replayed).toMatchObject({ code: 0, stderr: '' })
    expect(await cli(['hunt', '--token', token])).toEqual(replayed)
  })

  it('gives a test that replays a trace, passes, and fails when the model has been repaired', async () => {
    const { stdout } = await cli(['hunt', 'counter.ts', '--runs', '200', '--json'], { cwd: path })
    const { token } = JSON.parse(stdout).hunts[0].verdicts[0].trace
    const drawn = await cli(['draw', token, '--format', 'vitest'], { cwd: path })
    expect(drawn.code).toBe(0)
    expect(drawn.stdout).toContain("import model from './counter.ts'")
    const folder = mkdtempSync(join(import.meta.dirname, 'planted-'))
    try {
      // Where clustercheck is not installed, it is imported from here.
      const plant = (file: string, text: string) =>
        writeFileSync(join(folder, file), text.replace("from 'clustercheck'", "from '../../../index.ts'"))
      const statusOf = () => spawnSync(process.execPath, [VITEST, 'run', '--root', folder]).status
      plant('vitest.config.ts', 'export default {}\n')
      plant('regression.test.ts', drawn.stdout)
      plant('counter.ts', COUNTER)
      expect(statusOf()).toBe(0)
      plant('counter.ts', COUNTER.replace('d.next = 0', 'd.next = d.highest'))
      expect(statusOf()).toBe(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('gives a test of a scheme that replays its token', async () => {
    const token = /cc1:\S+/.exec(readFileSync('counterexamples/synch-ike-mid-4.txt', 'utf8'))![0]
    const { code, stdout } = await cli(['draw', token, '--format', 'vitest'])
    expect(code).toBe(0)
    expect(stdout).toContain(`execFileSync('npx', ['clustercheck', 'replay', '${token}'], {`)
    expect(stdout).toContain('MID-4 AnswerMatchedToItsRequest is violated after 6 steps')
  })

  it('says unknown and exits 0 when nothing is found, with what was covered', async () => {
    const { code, stdout } = await cli(['hunt', 'single-gateway', '--search', 'outbound', '--runs', '200'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^unknown {2}SEQ-1 {3}not found in 200 runs; its situation arose in \d+$/m)
    expect(stdout).toMatch(/^CopyReachesPeer +fault +\d+\.\d% +[\d,]+$/m)
    expect(stdout).toContain('Random runs prove nothing: what was not found is unknown.')
  })

  it('shows a doom in a file, and what no run did', async () => {
    const { code, stdout } = await cli(['hunt', BRIDGE, '--runs', '200'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^violated {2}Home {2}after 4 steps/m)
    expect(stdout).toContain('Never taken: Fly.')
    expect(stdout).toContain('nothing that follows can make it true')
  })

  it('exits 1 for an action that no run took only if that is asked for', async () => {
    const args = ['hunt', BRIDGE, '--runs', '50', '--weight', 'Burn=0']
    const without = await cli(args)
    expect(without.code).toBe(0)
    expect(without.stdout).toContain('Never taken: Burn, Fly.')
    expect((await cli([...args, '--require-coverage'])).code).toBe(1)
  })

  it('tells a fault of the model with the steps that led to it', async () => {
    const { code, stderr } = await cli(['hunt', join(path, 'faulty.ts'), '--runs', '50'])
    expect(code).toBe(3)
    expect(stderr).toBe('n = 4 is outside 0..3.\n  model  Faulty\n  in     Up\n  after  init, Up, Up, Up\n')
  })

  it('stops when interrupted and says what it covered', async () => {
    const { code, stdout, stderr } = await cli(
      ['hunt', 'single-gateway', '--search', 'together', '--seconds', '60'],
      { interruptAfter: [4_000] },
    )
    expect(stderr).toContain('Interrupted')
    expect(stdout).toMatch(/not found in [\d,]+ runs/)
    expect(code).toBe(4)
  })

  it.each([
    [['hunt'], 'hunt takes a TARGET or a --token; it was given neither.'],
    [['hunt', 'synch-ike', '--search', 'outbund'], "No search of synch-ike is called 'outbund'."],
    [['hunt', BRIDGE, '--weight', 'Brun=1'], "No action is called 'Brun'."],
    [['hunt', BRIDGE, '--weight', 'Burn'], '--weight takes names of actions with whole numbers up to 1000'],
    [['hunt', BRIDGE, '--seed', '5000000000'], '--seed takes a number below 4294967296'],
    [['hunt', BRIDGE, '--length', '0'], '--length takes a whole number of at least 1'],
  ])('refuses %j', async (args, problem) => {
    const { code, stdout, stderr } = await cli(args)
    expect(stderr).toContain(problem)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})
