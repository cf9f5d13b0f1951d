/** Searches that several targets share: run once, told to each. In the build, where threads can be started. */
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { Model } from '../../modelling/model.ts'
import { NO_LIMITS } from '../../search/breadth-first.ts'
import { focusOf } from '../../search/suite.ts'
import { jobsOf, type Target } from '../targets/targets.ts'
import { folderWith, MAIN } from '../testing/under-test.ts'

const { searchTargets } = (await import(
  new URL('workers/search-run.js', pathToFileURL(MAIN)).href
)) as typeof import('./search-run.ts')

const INDEX = new URL('../index.js', pathToFileURL(MAIN)).href
const { path, remove } = folderWith({
  'model.mjs': `
import { actionsOn, always, model, range, record } from ${JSON.stringify(INDEX)}
const state = record({ n: range(0, 100) })
const step = actionsOn()('Step', { guard: (s) => s.n < 100, effect: (d) => { d.n += 1 } })
export default model('Counter', { state, actions: [step], properties: [
  always('Low', { holds: (s) => s.n < 50 }), always('Small', { holds: (s) => s.n < 1000 }) ] })
`,
})
afterAll(remove)
const { href: url } = pathToFileURL(`${path}/model.mjs`)
const { default: counter } = (await import(/* @vite-ignore */ url)) as { default: Model }

const settings = { exact: false, deadlock: false, limits: NO_LIMITS }
let made = 0
const make = (): Model => {
  made += 1
  return counter
}
const targetOf = (name: string, keys: readonly (string | undefined)[], from = url): Target => ({
  name,
  suite: {
    name,
    about: name,
    focuses: keys.map((key, i) => focusOf({ name: `f${i}`, about: 'all', make, ...(key && { key }) })),
  },
  source: { kind: 'module', url: from },
})

describe('the searches of targets', () => {
  it('are one for each key, and one for each focus without a key', () => {
    const targets = [
      targetOf('one', ['a', undefined, 'b']),
      targetOf('two', ['b', 'a', undefined]),
      targetOf('elsewhere', ['a'], 'file:///other.mjs'),
    ]
    const { jobs, indexOf } = jobsOf(targets, settings)
    expect(jobs.map(({ name }) => name)).toEqual([
      'one, f0',
      'one, f1',
      'one, f2',
      'two, f2',
      'elsewhere, f0',
    ])
    expect(targets.map(({ suite }) => suite.focuses.map(indexOf))).toEqual([[0, 1, 2], [2, 0, 3], [4]])
    expect(made).toBe(0)
  })

  it('run once, and each target has its own words for what they found', async () => {
    const asked: number[] = []
    const terminal = {
      columns: 80,
      outIsTerminal: false,
      live: false,
      out: () => {},
      painted: () => {},
      err: () => {},
    }
    const { suites } = await searchTargets([targetOf('one', ['a', 'a']), targetOf('two', ['a'])], {
      settings,
      workers: 1,
      terminal: { ...terminal, line: (text) => asked.push(Number(/^(\d+) of/.exec(text)?.[1] ?? 0)) },
    })
    expect(Math.max(...asked)).toBe(0)
    const outcomes = suites.flatMap(({ outcome }) => outcome.outcomes.map((o) => o.outcome))
    expect(new Set(outcomes).size).toBe(1)
    expect(suites.map(({ target }) => target)).toEqual(['one', 'two'])
    for (const { target, properties } of suites) {
      const { caption, trace } = properties[0]!.shown!
      expect(caption.scheme).toBe(target)
      expect(caption.token).toMatch(/^cc1:.*:f0:Low:/)
      expect(trace.steps).toHaveLength(51)
      expect(properties[1]).toMatchObject({ verdict: { verdict: 'holds' }, asDeclared: true })
    }
  })
})
