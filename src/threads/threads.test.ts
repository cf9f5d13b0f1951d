/** Helpers in threads of their own, in the build: only there can a worker be started on Node 20. */
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { folderWith, MAIN } from '../cli/testing/under-test.ts'
import type { Model } from '../modelling/model.ts'
import type { Outcome } from '../search/engine/outcome.ts'

const built = async <M>(path: string): Promise<M> => {
  const { href } = pathToFileURL(join(dirname(MAIN), '..', path))
  return (await import(/* @vite-ignore */ href)) as M
}
const { search, NO_LIMITS } =
  await built<typeof import('../search/breadth-first.ts')>('search/breadth-first.js')
const { leadEngine } = await built<typeof import('../search/packed/parallel/lead-engine.ts')>(
  'search/packed/parallel/lead-engine.js',
)
const { packedEngine } = await built<typeof import('../search/packed/packed-engine.ts')>(
  'search/packed/packed-engine.js',
)
const { threadCrew } = await built<typeof import('./thread-crew.ts')>('threads/thread-crew.js')

const INDEX = join(dirname(MAIN), '../index.js')
/** A grid of `edge` times `edge` states and some, large enough for helpers to take part; something happens at the state `at`. */
const grid = (at: string, then: string, edge = 400) => `
import { actionsOn, always, alwaysPossible, model, range, record } from ${JSON.stringify(INDEX)}
const state = record({ x: range(0, ${edge - 1}), y: range(0, ${edge - 1}), z: range(0, 1) })
const action = actionsOn()
const go = (field) => action('Go' + field, {
  guard: (s) => s[field] < ${edge - 1} && s.z === 0,
  effect: (d) => { if (${at}) { ${then} } d[field] += 1 },
})
const close = action('Close', { guard: (s) => s.x > 390 && s.z === 0, effect: (d) => { d.z = 1 } })
export default model('Grid', {
  state,
  actions: [go('x'), go('y'), close],
  properties: [
    always('NearlyThere', { holds: (s) => s.x + s.y < 700 }),
    always('Inside', { holds: (s) => s.x < 400 }),
    alwaysPossible('Corner', { holds: (s) => s.x === 399 && s.y === 399 }),
  ],
})
`
const { path, remove } = folderWith({
  'grid.mjs': grid('false', ''),
  'faulty.mjs': grid('d.x === 200 && d.y > 190', 'd.z = 7'),
  // So large that the search would last for minutes: it cannot end before its helper has.
  'dying.mjs': `${grid('false', '', 20_000)}\nif (globalThis.process.env.HELPER_DIES) process.exit(3)\n`,
})
afterAll(remove)

const TIMED = { elapsedSeconds: undefined, model: undefined }

/** The outcome of a file's model with so many threads, without times. */
const run = async (name: string, threads: number, exact: boolean): Promise<Omit<Outcome, 'model'>> => {
  const { href: module } = pathToFileURL(join(path, name))
  const { default: model } = (await import(/* @vite-ignore */ module)) as { default: Model }
  const crew = threadCrew({ module, name: 'default' }, threads - 1, () => {})
  const engine =
    threads === 1 ? packedEngine(model, { exact }) : leadEngine(model, { exact, crew, helped: 500 })
  return { ...(await search(engine, { limits: NO_LIMITS, deadlock: true })), ...TIMED } as never
}

describe('helpers in threads', () => {
  it.each([false, true])('change nothing but the time (exact: %s)', async (exact) => {
    const alone = await run('grid.mjs', 1, exact)
    expect(alone.distinct).toBe(400 * 400 + 9 * 400)
    expect(alone.judgements.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'holds',
      'violated',
      'violated',
    ])
    for (const threads of [2, 3, 8]) {
      const together = await run('grid.mjs', threads, exact)
      // Each thread remembers answers of its own, in memory that is counted, and checks what it learns.
      expect(together).toEqual({
        ...alone,
        bytes: expect.any(Number),
        checkedTwice: expect.any(Number),
      })
      expect(together.checkedTwice).toBeGreaterThan(0)
      expect(together.bytes).toBeGreaterThan(alone.bytes)
    }
  })

  it('report the fault that one thread would report', async () => {
    const faults = await Promise.all(
      [1, 2, 3].map((threads) =>
        run('faulty.mjs', threads, false).then(
          () => 'none',
          (thrown: { data: unknown }) => thrown.data,
        ),
      ),
    )
    expect(faults[0]).toMatchObject({ variable: 'z', step: 'Gox' })
    expect(faults[1]).toEqual(faults[0])
    expect(faults[2]).toEqual(faults[0])
  })

  it('end the search with a reason when one of them dies', async () => {
    process.env.HELPER_DIES = ''
    const { href: module } = pathToFileURL(join(path, 'dying.mjs'))
    const { default: model } = (await import(/* @vite-ignore */ module)) as { default: Model }
    process.env.HELPER_DIES = 'yes'
    try {
      const crew = threadCrew({ module, name: 'default' }, 1, () => {})
      const engine = leadEngine(model, { exact: false, crew, helped: 1 })
      await expect(search(engine, { limits: NO_LIMITS, deadlock: false })).rejects.toThrow(
        /^helper 1 ended with code 3$/,
      )
    } finally {
      delete process.env.HELPER_DIES
    }
  })
})
