/** The threads, in the build: only there can a worker be started on Node 20. */
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { Model } from '../../modelling/model.ts'
import { NO_LIMITS } from '../../search/breadth-first.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import type { Job } from '../jobs/search-job.ts'
import { folderWith, MAIN } from '../testing/under-test.ts'

const { runSearches } = (await import(
  new URL('workers/search-pool.js', pathToFileURL(MAIN)).href
)) as typeof import('./search-pool.ts')

const INDEX = new URL('../index.js', pathToFileURL(MAIN)).href
const counter = (end: number, effect = 'd.n += 1') => `
import { isMainThread } from 'node:worker_threads'
import { actionsOn, always, model, range, record } from ${JSON.stringify(INDEX)}
const state = record({ n: range(0, 10000) })
const step = actionsOn()('Step', { guard: (s) => s.n < ${end}, effect: (d) => { ${effect} } })
const low = always('Low', { holds: (s) => s.n < 50 })
export default model('Counter', { state, actions: [step], properties: [low] })
`
const { path, remove } = folderWith({
  'c100.mjs': counter(100),
  'c10.mjs': counter(10),
  'c3000.mjs': counter(3000),
  'faulty.mjs': counter(5, 'd.n = -1'),
  'other.mjs': counter(5, 'd.n = 10001'),
  'endless.mjs': counter(5, 'for (;;);'),
  'dies.mjs': `${counter(5)}\nif (!isMainThread) process.exit(9)\n`,
  'throws.mjs': `${counter(5)}\nif (!isMainThread) process.nextTick(() => { throw new Error('out of nowhere') })\n`,
})
afterAll(remove)

const settings = { exact: false, deadlock: true, limits: NO_LIMITS }
const jobsOf = (...names: readonly string[]): Promise<readonly Job[]> =>
  Promise.all(
    names.map(async (name): Promise<Job> => {
      const { href: url } = pathToFileURL(`${path}/${name}.mjs`)
      const { default: model } = (await import(/* @vite-ignore */ url)) as { default: Model }
      return { name, source: { kind: 'module', url }, focus: 'all', model, settings }
    }),
  )

const start = async (workers: number, ...names: readonly string[]) =>
  runSearches(await jobsOf(...names), {
    workers,
    onProgress: () => {},
  })

const withoutTimes = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ model, elapsedSeconds: _, ...outcome }) => ({ ...outcome, model: model.name }))

describe('runSearches', () => {
  it('gives the same outcomes in the order of the jobs for any number of threads', async () => {
    const names = ['c3000', 'c10', 'c100', 'c10', 'c3000', 'c100']
    const one = withoutTimes(await (await start(1, ...names)).outcomes)
    expect(one.map(({ distinct }) => distinct)).toEqual([3001, 11, 101, 11, 3001, 101])
    expect(one[2]!.judgements[0]).toMatchObject({ verdict: 'violated', path: Array(51).fill(0) })
    for (const workers of [2, 3, 16])
      expect(withoutTimes(await (await start(workers, ...names)).outcomes)).toEqual(one)
  })

  it.each([1, 2, 4])('reports the fault of the first faulty job with %i threads', async (workers) => {
    const run = await start(workers, 'c100', 'faulty', 'other', 'endless')
    await expect(run.outcomes).rejects.toThrow(/^n = -1 is outside 0\.\.10000\./)
  })

  it.each([
    [
      'dies',
      /^The search ended with its thread, which the model has stopped \(its thread ended with code 9\)\./,
    ],
    ['throws', /^The model failed when no closure of it was running: out of nowhere\.\n/],
  ])('does not wait for a thread that %s', async (name, message) => {
    const run = await start(2, name, 'endless')
    await expect(run.outcomes).rejects.toThrow(message)
  })

  it('leaves undecided what was not begun when it was interrupted', async () => {
    const run = await start(1, 'endless', 'c10')
    run.interrupt()
    run.abandon()
    const outcomes = await run.outcomes
    expect(outcomes).toMatchObject(
      Array(2).fill({
        complete: false,
        cut: 'interrupt',
        distinct: 0,
        judgements: [{ verdict: 'unknown' }, {}],
      }),
    )
  })
})
