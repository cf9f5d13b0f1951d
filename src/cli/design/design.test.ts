/** `clustercheck design`: the space, what is found in it, the files that are written, and what is refused. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePolicies, spaceOf } from '../../../model/design/space.ts'
import { SPACES } from '../../../model/design/spaces.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { declarationsOf } from '../../../properties/declared/index.ts'
import { fulfils } from '../../design/conditions.ts'
import { DESIGN_SCHEMA, type DesignJson } from '../../report/design/json.ts'
import { checkerOf } from '../files/json.ts'
import { UsageError } from '../process/errors.ts'
import { cli } from '../testing/under-test.ts'
import { readSpace } from './space-file.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clustercheck-design-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const fileOf = (text: string, ending = 'yaml'): string => {
  count += 1
  const path = join(folder, `space-${count}.${ending}`)
  writeFileSync(path, text)
  return path
}

/** RFC 6027 section 3.9, where every member sets up SAs. */
const SPIS = `
about: How SPIs are chosen.
fixed: { basis: synch-sas, policies: { ikeBy: all }, searches: [spis] }
free:
  policies: { synchIke: [never, acknowledged], spi: all, merge: all }
`

const runOf = async (text: string, ...more: readonly string[]) => {
  const run = await cli([
    'design',
    fileOf(text),
    '--scope',
    'small',
    '--json',
    '--again-states',
    '3000',
    ...more,
  ])
  expect(run.stderr).not.toMatch(/failed/)
  const result = JSON.parse(run.stdout) as { readonly spaces: readonly [DesignJson] }
  expect(checkerOf(DESIGN_SCHEMA)(result)).toBeUndefined()
  return { ...run, space: result.spaces[0] }
}

describe('a space that is searched', () => {
  it('has the verdicts of the matrix, says when they are so, and has equal searches once', async () => {
    const cache = join(folder, 'cache')
    const written = join(folder, 'written')
    const { code, space } = await runOf(SPIS, '--cache', cache, '--write', written)
    expect(code).toBe(0)
    expect(space.designs).toBe(16)
    // No search of SPIs reads what a message about counters does.
    expect(space.searches).toMatchObject({ wanted: 16, different: 8, cut: 0, cached: 0 })
    const { condition } = space.conditions.find(({ label }) => label === 'SPI-1')!
    const holds = (policies: Readonly<Record<string, string>>): boolean =>
      fulfils(
        {
          form: condition!.form,
          terms: condition!.terms.map((term) =>
            term.map(({ policy, values }) => {
              const at = space.free.findIndex((one) => one.policy === policy)
              return { policy: at, values: values.map((value) => space.free[at]!.values.indexOf(value)) }
            }),
          ),
        },
        space.free.map(({ policy, values }) => values.indexOf(policies[policy]!)),
      )
    const declared = declarationsOf('small')
    for (const [scheme, synchIke, spi] of [
      ['spi-shared', 'never', 'independent'],
      ['spi-shared-acked', 'acknowledged', 'independent'],
      ['spi-part-reused', 'never', 'tag-reused'],
      ['spi-granted', 'never', 'granted'],
      ['spi-granted-acked', 'acknowledged', 'granted'],
      ['spi-partitioned', 'never', 'partitioned'],
    ] as const)
      expect(
        holds({ 'policies.synchIke': synchIke, 'policies.spi': spi, 'policies.merge': 'maximum' }),
        scheme,
      ).toBe((declared[scheme]?.verdicts['SPI-1'] ?? 'holds') === 'holds')

    const [best] = space.front
    expect(best!.met).toContain('SPI-1')
    expect(best!.plain.searches).toBeGreaterThan(0)
    expect(best!.plain.differing).toEqual([])
    expect(best!.again.searches).toBeGreaterThan(0)
    const name = readdirSync(written).find((one) => one.endsWith('-1.yaml'))!
    const checked = await cli(['check', join(written, name), '--scope', 'small', '--no-advice'])
    expect(checked.code, checked.stdout).toBe(0)
    expect(readdirSync(written).filter((one) => /\.svg$|^index\.html$/.test(one))).toHaveLength(2)
    const page = readFileSync(join(written, 'index.html'), 'utf8')
    expect(page).toContain('How SPIs are chosen.')
    expect(page).toContain(name)

    const { space: again } = await runOf(SPIS, '--cache', cache)
    expect(again.searches.cached).toBe(again.searches.different)
    const { searches: _, name: __, ...before } = space
    const { searches: ___, name: ____, ...after } = again
    expect(after).toEqual(before)
  })

  it('says as text what it found', async () => {
    const options = ['--scope', 'small', '--again-states', '3000']
    const { stdout, code } = await cli(['design', fileOf(SPIS), ...options], { columns: 200 })
    expect(code).toBe(0)
    expect(stdout).toMatch(/16 designs by 3 policies\. Their 16 searches are 8 different ones/)
    expect(stdout).toMatch(/SPI-1 +\d+ of 16: if and only if spi partitioned or/)
    expect(stdout).toMatch(/repeated on plain states says? the same/)
  })

  it('is not recommended from where no design satisfies what is required', async () => {
    const text = SPIS.replace('spi: all', 'spi: [independent]').concat('required: [SPI-1]\n')
    const { code, space } = await runOf(text)
    expect(code).toBe(1)
    expect(space.satisfying).toBe(0)
    expect(space.front.every(({ missed }) => missed.includes('SPI-1'))).toBe(true)
  })

  it('is cut when the time is over, which it says', async () => {
    const { code, space } = await runOf(SPIS, '--seconds', '0.000001', '--no-cache')
    expect(code).toBe(4)
    expect(space).toMatchObject({ over: true, undecided: 16, front: [] })
    const { stdout } = await cli([
      'design',
      fileOf(SPIS),
      '--scope',
      'small',
      '--seconds',
      '0.000001',
      '--no-cache',
    ])
    expect(stdout).toMatch(/16 designs\s+were not judged\.\n\nNo design was judged in time\.\n/)
  })
})

describe('the spaces that come with the program', () => {
  it.each(Object.entries(SPACES))('%s has designs, each by searches that there are', (name, file) => {
    const space = spaceOf(name, file, (basis) => SCHEMES.find((scheme) => scheme.name === basis))
    expect(space.designs.length).toBeGreaterThan(50)
    expect(freePolicies(file).every(({ values }) => new Set(values).size === values.length)).toBe(true)
  })
})

describe('wrong spaces', () => {
  it.each<[string, RegExp]>([
    ['', /describes no space of designs: the whole is null/],
    ['free: {}', /free/],
    ['fixed: { basis: synch-ike }', /free/],
    ['free: { policies: { synchIke: sometimes } }', /synchIke/],
    ['free: { policies: { synchIke: [always] } }', /'always'/],
    ['free: { policies: { spi: [] } }', /spi/],
    ['free: { policies: { spis: all } }', /did you mean 'spi'/],
    ['free: { esp: { told: [sometimes] } }', /sometimes/],
    ['free: { policies: {} }', /leaves nothing free/],
    ['fixed: { basis: synch-ikee }\nfree: { policies: { spi: all } }', /synch-ikee/],
    ['fixed: { policies: { spi: granted } }\nfree: { policies: { spi: all } }', /both fixed and free/],
    [
      `free: { policies: { addressing: all, synchIke: all, spi: all, merge: all }, esp: { iv: all, delivery: all, sharing: all, advances: all } }`,
      /combinations of 8 free policies; 50,000 can be searched/,
    ],
    ['free: [', /is no YAML/],
  ])('%j', async (text, expected) => {
    const error = await readSpace(fileOf(text)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).data.problem).toMatch(expected)
    expect((error as UsageError).data.problem).toMatch(/\.$/)
  })

  it.each<[readonly string[], string | undefined, RegExp]>([
    [['--space', 'nowhere'], undefined, /No space is called 'nowhere'/],
    [['--space', 'ivs'], SPIS, /both say what to search/],
    [['--scope', 'wide'], SPIS, /which is for hunts/],
    [[], `${SPIS}required: [SPI-9]\n`, /No property of .* is called 'SPI-9'.*Did you mean 'SPI-1'/],
    [[], `${SPIS}small: [synch]\n`, /No price of .* is called 'synch'/],
    [
      [],
      'fixed: { policies: { carriesAnswer: true } }\nfree: { policies: { spi: all } }',
      /contradicts itself; there is no design/,
    ],
  ])('%j %j', async (options, text, expected) => {
    const given = text === undefined ? [] : [fileOf(text)]
    const scope = options.includes('--scope') ? [] : ['--scope', 'small']
    const run = await cli(['design', ...given, ...scope, ...options])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr.replaceAll(/\s+/g, ' ')).toMatch(expected)
    expect(run.stderr).not.toMatch(/\n\s+at /)
  })

  it('are no TypeScript', async () => {
    await expect(readSpace('space.ts')).rejects.toThrow(UsageError)
  })
})
