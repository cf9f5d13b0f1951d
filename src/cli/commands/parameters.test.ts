/** Parameters of models: set, swept over, listed and explained; tokens and the cache know of them. */
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

const { path, remove } = folderWith({
  'tickets.ts': `
import { actionsOn, always, bool, each, model, parameters, range, record } from 'clustercheck'
export default parameters({ tickets: range(1, 9), lossy: bool }, ({ tickets, lossy }) => {
  const state = record({ sold: range(0, 9), window: each(['A', 'B'], record({ open: bool })) })
  const action = actionsOn<typeof state>()
  return model('Tickets', {
    about: 'Tickets are sold.',
    state,
    actions: [
      action('Sell', { choose: { at: ['A', 'B'] }, guard: (s) => s.sold < tickets, effect: (d) => { d.sold += 1 } }),
      ...(lossy ? [action('Lose', { fault: true, effect: (d) => { d.window.A.open = true } })] : []),
    ],
    properties: [always<typeof state>('NeverFour', { sentence: 'Four are never sold.', holds: (s) => s.sold !== 4 })],
  })
}, { tickets: 3 })`,
  'bare.ts': `
import { actionsOn, model, range, record } from 'clustercheck'
const state = record({ n: range(0, 1) })
export default model('Bare', { state, actions: [actionsOn<typeof state>()('Set', { effect: (d) => { d.n = 1 } })] })`,
  'odd.ts': `
import { parameters, range } from 'clustercheck'
export default parameters({ n: range(1, 3) }, () => 5, { n: 4 })`,
})
afterAll(remove)

const TICKETS = join(path, 'tickets.ts')

describe('a parameter', () => {
  it('has its usual value, or what it is set to, which the token repeats', async () => {
    const usual = await cli(['check', TICKETS])
    expect([usual.code, usual.stdout]).toEqual([0, expect.stringContaining('holds  NeverFour  4 states')])
    const set = await cli(['check', 'tickets.ts', '--set', 'tickets=5', '--set', 'lossy=true'], { cwd: path })
    expect(set.code).toBe(1)
    expect(set.stdout).toContain('tickets.ts?tickets=5&lossy=true: Tickets are sold.')
    const [token] = /cc1:\S+/.exec(set.stdout)!
    const replayed = await cli(['replay', token], { cwd: path })
    expect([replayed.code, replayed.stdout]).toEqual([0, expect.stringContaining('VIOLATED NeverFour')])
  })

  it('is swept over in a table, and in JSON', async () => {
    const swept = ['check', 'tickets.ts', '--set', 'tickets=3..4', '--set', 'lossy=true,false']
    const { code, stdout } = await cli(swept, { cwd: path })
    expect(code).toBe(1)
    expect(stdout.replaceAll(/\d+\.\d+/g, 'T')).toBe(`\
tickets  lossy  NeverFour     distinct  generated  depth  seconds
3        true   holds                8         21      5     T
3        false  holds                4          7      4     T
4        true   violated (4)        10         27      6     T
4        false  violated (4)         5          9      5     T

In brackets: steps of the trace.
`)
    const json = await cli([...swept, '--json'], { cwd: path })
    expect(JSON.parse(json.stdout).targets.map(({ name }: { name: string }) => name)).toEqual([
      'tickets.ts?tickets=3&lossy=true',
      'tickets.ts?tickets=3&lossy=false',
      'tickets.ts?tickets=4&lossy=true',
      'tickets.ts?tickets=4&lossy=false',
    ])
  })

  it.each([
    [
      ['tickets.ts', '--set', 'tickets=12'],
      /^The parameter tickets of tickets\.ts is a whole number from 1 to 9; it was given '12'\.\n$/,
    ],
    [
      ['tickets.ts', '--set', 'lossy=maybe'],
      /^The parameter lossy of tickets\.ts is true or false; it was given 'maybe'\.\n$/,
    ],
    [
      ['tickets.ts', '--set', 'ticket=2'],
      /^No parameter of tickets\.ts is called 'ticket'\. Did you mean 'tickets'\?/,
    ],
    [
      ['tickets.ts', '--set', 'tickets'],
      /^A parameter is set by NAME=VALUE, such as managers=5; it was given 'tickets'\.\n$/,
    ],
    [
      ['tickets.ts', '--set', 'tickets=2', '--set', 'tickets=3'],
      /^The parameter tickets is set twice: only one can hold\.\n$/,
    ],
    [['tickets.ts', '--set', 'tickets=6..3'], /^A sweep goes from a number up to another/],
    [
      ['tickets.ts', '--set', 'tickets=1..3', '--trace'],
      /^--set makes 3 models, and --trace is for one\.\n$/,
    ],
    [['bare.ts', '--set', 'n=2'], /^bare\.ts holds a model without parameters, so n cannot be set\.\n/],
    [
      ['esp-as-is', '--set', 'n=2'],
      /^esp-as-is is a scheme, of which nothing can be set; models in files have parameters\.\n/,
    ],
  ])('is refused in one sentence: %j', async (words, sentence) => {
    const { code, stderr, stdout } = await cli(['check', ...words], { cwd: path })
    expect([code, stderr, stdout]).toEqual([2, expect.stringMatching(sentence), ''])
  })

  it('with a usual value outside of its domain is a fault of the model', async () => {
    const { code, stderr } = await cli(['check', 'odd.ts'], { cwd: path })
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('The usual value of parameter n is 4; expected a whole number from 1 to 3.'),
    ])
  })
})

describe('a model file', () => {
  it('is explained', async () => {
    const { code, stdout } = await cli(['explain', 'tickets.ts?lossy=true'], { cwd: path })
    expect([code, stdout]).toEqual([
      0,
      `\
Tickets
Tickets are sold.

Parameters, for --set
  tickets  usually 3      a whole number from 1 to 9
  lossy    usually false  true or false

State
  sold    0..9
  window  for each of A, B: { open: true or false }

Actions
  Sell  at: A, B
  Lose            a fault

Properties
  NeverFour  always  Four are never sold.
`,
    ])
  })

  it('is listed', async () => {
    const { code, stdout } = await cli(['list', 'bare.ts'], { cwd: path })
    expect([code, stdout]).toEqual([0, 'Bare\n\nState\n  n  range\n\nActions\n  Set\n'])
  })
})
