/**
 * No bound of an extension looks like a doom: raised by one and by two, no verdict changes, and no counterexample becomes
 * longer. Every extension in each of its searches with `CLUSTERCHECK_ALL_BOUNDS=1`; otherwise where a search is small.
 */
import { describe, expect, it } from 'vitest'
import { EXTENSIONS } from '../../model/extensions/index.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { labelOf } from '../../src/modelling/property.ts'
import { check, NO_LIMITS } from '../../src/search/breadth-first.ts'
import { trialsOf } from './trials.ts'

type Given = { readonly [parameter: string]: string | number | boolean }

const ALL = process.env.CLUSTERCHECK_ALL_BOUNDS === '1'

/** What the searches of an extension say under A0, if each of its bounds is raised by so much. Prices are no verdicts. */
const verdicts = async (name: string, given: Given, slack: number, searches?: readonly string[]) => {
  const extension = EXTENSIONS.find((one) => one.name === name)!
  const defaults = Object.entries(extension.parameters).map(([key, values]) => [key, values[0]!])
  const found: Record<string, string> = {}
  const trials = trialsOf({
    used: [{ extension, parameters: { ...Object.fromEntries(defaults), ...given }, slack }],
    schemes: SCHEMES.filter((scheme) => scheme.name === extension.schemes[0]),
    scope: 'small',
    attackers: ['A0'],
  }).filter(({ variant, search }) => variant === 'with' && (searches?.includes(search) ?? true))
  for (const { search, model } of trials) {
    const outcome = await check(model, { limits: NO_LIMITS })
    for (const { property, kind, verdict, path } of outcome.judgements)
      if (kind !== 'measure')
        found[`${search} ${labelOf(model.properties.find(({ name }) => name === property)!)}`] =
          verdict === 'violated' ? `violated ${path!.length - 1}` : verdict
  }
  return found
}

/** An extension with parameters, and the searches that are made always. */
const CASES: readonly (readonly [name: string, given: Given, searches: readonly string[]])[] = [
  ['message-id-sync', { reading: 'merge', retry: 'same', cached: false }, ['sync-replayed-own']],
  ['message-id-sync', { retry: 'same', cached: false }, ['sync-replayed-own']],
  ['replay-counter-sync', {}, ['counters-in']],
  ['session-resumption', {}, ['resume-crash']],
  ['quick-crash-detection', {}, ['qcd-crash']],
]

const everything: typeof CASES = EXTENSIONS.flatMap(({ name, searches, parameters }) => {
  const own = searches.flatMap((search) => (typeof search === 'string' ? [] : [search.name]))
  const others = Object.entries(parameters).flatMap(([key, values]) =>
    values.slice(1).map((value): Given => ({ [key]: value })),
  )
  return own.length === 0 ? [] : [{}, ...others].map((given) => [name, given, own] as const)
})

describe('raising every bound of an extension changes no verdict', () => {
  it.each(ALL ? [...CASES, ...everything] : CASES)(
    '%s %j',
    async (name, given, searches) => {
      const as = await verdicts(name, given, 0, searches)
      expect(Object.keys(as).length).toBeGreaterThan(0)
      for (const slack of [1, 2]) expect(await verdicts(name, given, slack, searches)).toEqual(as)
    },
    3_600_000,
  )
})

it('a response that is not kept dooms STRICT, and no bound dooms MERGE', async () => {
  const given = { retry: 'same', cached: false }
  const search = ['sync-replayed-own']
  expect((await verdicts('message-id-sync', given, 0, search))['sync-replayed-own LIV-1c']).toMatch(
    /^violated/,
  )
  const merged = await verdicts('message-id-sync', { ...given, reading: 'merge' }, 0, search)
  expect(merged['sync-replayed-own LIV-1c']).toBe('holds')
}, 600_000)
