/** Tests of shards: parts that are alike and make up the whole, merged into what one run would have said. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RESULT_SCHEMA } from '../../report/results/result-schema.ts'
import { matrixPlan } from '../targets/targets.ts'
import { cli, folderWith } from '../testing/under-test.ts'
import { SHARD_SCHEMA } from './shard-schema.ts'
import { partOf, searchesIn } from './shards.ts'

describe('the parts of a matrix', () => {
  it.each([1, 2, 3, 7, 300])('of %i have each search once, and alike much to do', async (of) => {
    const { targets, plan } = await matrixPlan('default', 1)
    const parts = Array.from({ length: of }, (_, i) => searchesIn({ index: i + 1, of }, targets, plan))
    expect(parts.flat().sort((a, b) => a - b)).toEqual(plan.jobs.map((_, i) => i))
    const states = new Map(
      targets.flatMap(({ suite }) => suite.focuses.map((f) => [plan.indexOf(f), suite.states![f.name]!])),
    )
    const sums = parts.map((part) => part.reduce((sum, job) => sum + 20_000 + states.get(job)!, 0))
    const largest = Math.max(...states.values()) + 20_000
    expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(largest)
  })

  it('are named by number and count', () => {
    expect(partOf({ shard: '2/4' })).toEqual({ index: 2, of: 4 })
    for (const shard of ['0/2', '3/2', '1', '1/0', 'a/b', '-1/2', '1/2000', '1.5/2'])
      expect(() => partOf({ shard }), shard).toThrow(
        /^--shard takes a part and the number of parts, such as 2\/4/,
      )
  })
})

const isValid = (schema: object, value: unknown): boolean => new Ajv({ strict: false }).compile(schema)(value)

describe('clustercheck merge', () => {
  const { path, remove } = folderWith({})
  /** So wide that no line is broken elsewhere because a run took ten seconds and not nine. */
  const columns = 1000
  const run = (...args: readonly string[]) =>
    cli(args, { cwd: path, columns, env: { CLUSTERCHECK_CACHE: 'cache' } })
  const read = (file: string) => JSON.parse(readFileSync(join(path, file), 'utf8'))
  /** Writes a file made from another one. */
  const altered = (from: string, file: string, change: object): string => {
    writeFileSync(join(path, file), JSON.stringify({ ...read(from), ...change }))
    return file
  }
  beforeAll(async () => {
    for (const part of ['1/2', '2/2'])
      expect(
        await run('matrix', '--scope', 'small', '--shard', part, '--json', `${part[0]}.json`),
      ).toMatchObject({ code: 0, stderr: '' })
  })
  afterAll(remove)

  it('says what one run says, to every report', async () => {
    // The searches are found in the cache that the shards have filled; not so their results.
    const whole = await run('matrix', '--scope', 'small', '--json', 'whole.json')
    expect(whole.stderr).toMatch(/\b(\d+) of \1 searches found in the cache/)
    const merged = await run('merge', '2.json', '1.json', '--json', 'merged.json', '--junit', 'junit.xml')
    expect(merged).toMatchObject({ code: whole.code, stderr: '' })
    const timeless = (text: string) => text.replace(/, [\d.]+ s;/, '')
    expect(timeless(merged.stdout)).toBe(timeless(whole.stdout))
    const { run: _, ...result } = read('merged.json')
    const { run: __, ...expected } = read('whole.json')
    expect(result).toEqual(expected)
    expect(readFileSync(join(path, 'junit.xml'), 'utf8')).toContain('<testsuite name="single-gateway"')
    expect(isValid(RESULT_SCHEMA, read('merged.json'))).toBe(true)
    expect(isValid(SHARD_SCHEMA, read('1.json'))).toBe(true)
    const again = await run('merge', 'merged.json', '--junit', 'again.xml')
    expect(again.code).toBe(whole.code)
    expect(readFileSync(join(path, 'again.xml'), 'utf8')).toBe(readFileSync(join(path, 'junit.xml'), 'utf8'))
  })

  it('refuses what is not the whole, or not of one run', async () => {
    const refused = async (text: RegExp, ...files: readonly string[]) => {
      const { code, stdout, stderr } = await run('merge', ...files, '--json', 'no.json')
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(text)
    }
    const first = read('1.json')
    await refused(/: shards are missing: shard 2\/2\.\n$/, '1.json')
    await refused(/: shard 1\/2 is given twice, as 1\.json and 1\.json\.\n$/, '1.json', '1.json', '2.json')
    await refused(
      /: x\.json is one of 3 shards, and 1\.json one of 2\.\n$/,
      ...['1.json', altered('2.json', 'x.json', { shard: { index: 2, of: 3 } })],
    )
    await refused(
      /: x\.json is of the scope default, and 1\.json of small\.\n$/,
      ...['1.json', altered('2.json', 'x.json', { scope: 'default' })],
    )
    await refused(
      /: x\.json was made by clustercheck 9\.9\.9, and this is \d/,
      ...['1.json', altered('2.json', 'x.json', { clustercheck: '9.9.9', build: 'x' })],
    )
    await refused(
      /: x\.json was made by another build of clustercheck /,
      ...['1.json', altered('2.json', 'x.json', { build: 'x' })],
    )
    await refused(
      /: x\.json has not the searches of shard 1\/2; it has been altered\.\n$/,
      ...[altered('1.json', 'x.json', { searches: first.searches.slice(1) }), '2.json'],
    )
    await refused(
      /^x\.json is no shard: searches\.0 has no 'outcome'\.\n$/,
      ...[altered('1.json', 'x.json', { searches: [{ name: 'a' }] }), '2.json'],
    )
    await refused(
      /^x\.json is no result: schemaVersion is 1; it must be 2\.\n$/,
      altered('whole.json', 'x.json', { schemaVersion: 1 }),
    )
    writeFileSync(join(path, 'x.json'), '{ "kind": ')
    await refused(/^x\.json is no JSON: /, 'x.json')
    await refused(/^nowhere\.json cannot be read: ENOENT/, 'nowhere.json')
  })

  it('is all that gives verdicts: a shard makes no other report', async () => {
    for (const args of [[], ['--junit', 'x.xml'], ['--json', 'x.json', '--github']]) {
      const { code, stderr } = await run('matrix', '--shard', '1/2', ...args)
      expect(code).toBe(2)
      expect(stderr).toMatch(/^--shard takes --json, .*: a part of the searches gives no verdicts\.\n/)
    }
  })
})
