/** Tests of jobs as data: every plan makes jobs that workers take, and they take nothing that names other code. */
import { describe, expect, it } from 'vitest'
import { spaceOf } from '../../../model/design/space.ts'
import { SPACE_NAMES, SPACES } from '../../../model/design/spaces.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { designSearches } from '../../../properties/design/searches.ts'
import { HUNT } from '../../hunt/hunt.ts'
import { BITSTATE } from '../../search/packed/bitstate.ts'
import { matrixPlan, UNLIMITED } from '../targets/targets.ts'
import {
  huntData,
  huntOptionsOf,
  type JobData,
  jobProblem,
  keyOf,
  settingsData,
  settingsOf,
  type Task,
} from './job-data.ts'

const program = { clustercheck: '0', build: 'b', node: 20 }
const SHA = 'a'.repeat(64)
const jobOf = (task: Task): JobData => ({
  schemaVersion: 1,
  program,
  sweep: 'check-1',
  key: keyOf(program, task),
  name: 'a job',
  code: [],
  task,
})
const settings = settingsData(UNLIMITED)
const searchOf = (source: unknown): JobData =>
  jobOf({ kind: 'search', source, focus: 'all', settings } as Task)
const MODULE = { kind: 'module', url: `code:${SHA}` }

describe('jobs', () => {
  it('of the matrix and of all spaces of designs are taken', async () => {
    const { plan } = await matrixPlan('default', Number.POSITIVE_INFINITY)
    const sources = plan.jobs.map(({ source }) => source as unknown)
    for (const name of SPACE_NAMES) {
      const space = spaceOf(name, SPACES[name], (basis) => SCHEMES.find((scheme) => scheme.name === basis))
      for (const design of space.designs.slice(0, 20))
        for (const scheme of design.schemes)
          for (const search of designSearches(scheme, 'default')) sources.push({ kind: 'design', search })
    }
    expect(sources.length).toBeGreaterThan(200)
    for (const source of sources)
      expect(jobProblem(JSON.parse(JSON.stringify(searchOf(source))))).toBeUndefined()
  })

  it('of models with parameters, clusters, extensions, hunts and swarms are taken', () => {
    const [scheme] = SCHEMES
    const options = huntData({ ...HUNT, weights: { Crashes: 3 } })
    const of = { source: MODULE, focus: 'all', options } as const
    const validation = {
      extensions: [{ name: 'x.ts', url: `code:${SHA}`, text: SHA, chosen: { bump: '1' } }],
      schemes: ['synch-ike'],
      clusters: [scheme],
      scope: 'small',
      attackers: ['A1'],
      searches: ['one'],
    }
    for (const job of [
      searchOf({ ...MODULE, set: { managers: '5' } }),
      searchOf({ kind: 'cluster', cluster: { schemes: [scheme], scope: 'default' } }),
      searchOf({ kind: 'raised', name: 'synch-ike', scope: 'small', by: 1, labels: ['SEQ-1'] }),
      searchOf({ kind: 'validation', validation }),
      jobOf({ kind: 'runs', ...of, first: 3, every: 16 } as Task),
      jobOf({ kind: 'small', ...of, sightings: [{ property: 0, run: 7, path: [0, 1] }] } as Task),
      jobOf({
        ...searchOf(MODULE).task,
        settings: { ...settings, bitstate: { ...BITSTATE, bytes: 4096, seed: 3 } },
      } as Task),
    ])
      expect(jobProblem(JSON.parse(JSON.stringify(job)))).toBeUndefined()
  })

  it.each([
    ['a file of the worker', searchOf({ kind: 'module', url: 'file:///tmp/evil.mjs' })],
    ['code in a URL', searchOf({ kind: 'module', url: 'data:text/javascript,0' })],
    ['code beside a URL', searchOf({ ...MODULE, text: '0' })],
    ['an unknown kind', searchOf({ kind: 'eval', text: '0' })],
    [
      'a policy that is a list',
      searchOf({
        kind: 'cluster',
        cluster: { schemes: [{ ...SCHEMES[0], scheme: { esp: [] } }], scope: 'small' },
      }),
    ],
    ['a very long name', { ...searchOf(MODULE), name: 'x'.repeat(2000) }],
    ['another sweep', { ...searchOf(MODULE), sweep: 'a:b' }],
    [
      'a checkpoint',
      jobOf({
        ...searchOf(MODULE).task,
        settings: { ...settings, saving: { folder: '/' } },
      } as unknown as Task),
    ],
    ['nothing', {}],
  ])('with %s are refused', (_, job) => {
    expect(jobProblem(JSON.parse(JSON.stringify(job)))).toBeDefined()
  })

  it('have limits again, and the memory of the machine', () => {
    expect(settingsOf(settings, 5)).toEqual({ ...UNLIMITED, limits: { ...UNLIMITED.limits, bytes: 5 } })
    expect(settingsOf({ ...settings, limits: { states: 3, bytes: 4 } }, 5).limits).toEqual({
      states: 3,
      seconds: Number.POSITIVE_INFINITY,
      bytes: 4,
    })
    expect(huntOptionsOf(huntData(HUNT))).toEqual(HUNT)
  })

  it('are known by all that they depend on', () => {
    const task = searchOf(MODULE).task
    const keys = [
      keyOf(program, task),
      keyOf({ ...program, build: 'c' }, task),
      keyOf({ ...program, node: 22 }, task),
      keyOf(program, { ...task, focus: 'other' }),
      keyOf(program, { ...task, settings: { ...settings, deadlock: true } } as Task),
      keyOf(program, { ...task, source: { ...MODULE, set: { n: '1' } } } as Task),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })
})
