/** Tests of the reports of a run: all in one run, valid, announced as they are documented, and never half written. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, describe, expect, it } from 'vitest'
import { RESULT_SCHEMA } from '../../report/results/result-schema.ts'
import { SHARD_SCHEMA } from '../saved/shard-schema.ts'
import { CONFIG_SCHEMA } from '../targets/config.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const NAME = 'mäßig <&">.ts'
const { path, remove } = folderWith({
  [NAME]: `
import { actionsOn, always, alwaysPossible, model, range, record, sometimes } from 'clustercheck'
const state = record({ n: range(0, 600) })
const step = actionsOn<typeof state>()('Step', { choose: { by: ['<"&\\n>'] }, guard: (s) => s.n < 500, effect: (d) => { d.n += 1 } })
const at = (n: number) => always<typeof state>('At' + n, { label: 'L"<' + n + '\\n', sentence: 'Nie größer als ' + n + ' & "so".', holds: (s) => s.n < n })
export default model('Counter', { state, actions: [step], properties: [
  at(1), at(2), at(500), at(501), sometimes<typeof state>('Never', { holds: (s) => s.n > 550 }), alwaysPossible<typeof state>('Back', { holds: (s) => s.n === 0 }),
] })
`,
})
afterAll(remove)

const check = (...args: readonly string[]) => cli(['check', NAME, ...args], { cwd: path })
const read = (name: string): string => readFileSync(join(path, name), 'utf8')

/** The same schema that refuses every field it does not name. */
const strict = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(strict)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]))
  return 'properties' in schema ? { ...inner, additionalProperties: false } : inner
}
const problemsOf = (schema: object, value: unknown): unknown => {
  const validate = new Ajv({ strict: false }).compile(strict(schema) as object)
  return validate(value) ? [] : validate.errors
}

describe('the reports of a run', () => {
  it('are written all at once, of traces of 1, 2 and 500 steps and names that need care', async () => {
    const files = ['r.json', 'r.xml', 'r.sarif', 'r.md']
    const [json, junit, sarif, markdown] = files as [string, string, string, string]
    const run = await check(
      '--json',
      json,
      '--junit',
      junit,
      '--sarif',
      sarif,
      '--markdown',
      markdown,
      '--github',
    )
    expect(run.code).toBe(1)
    expect(run.stderr).toBe('')
    expect(readdirSync(path).sort()).toEqual([NAME, ...files].sort())
    const result = JSON.parse(read(json))
    expect(problemsOf(RESULT_SCHEMA, result)).toEqual([])
    const lengths = result.targets[0].verdicts.map(
      ({ counterexample }: { counterexample?: { length: number } }) => counterexample?.length,
    )
    expect(lengths).toEqual([1, 2, 500, undefined, undefined, 1])
    expect(read(junit)).toContain('tests="6" failures="5" errors="0"')
    expect(JSON.parse(read(sarif)).runs[0].results).toHaveLength(5)
    expect(read(markdown)).toMatch(/^# clustercheck: not as expected\n/)
    expect(run.stdout.match(/^::error .*$/gm)).toHaveLength(5)
    expect(
      (await cli(['merge', json, '--junit', 'again.xml', '--sarif', 'again.sarif'], { cwd: path })).code,
    ).toBe(1)
    expect([read('again.xml'), read('again.sarif')]).toEqual([read(junit), read(sarif)])
  })

  it('print JSON alone where it has no file, and annotations beside it', async () => {
    const { stdout, stderr } = await check('--json', '--github')
    expect(problemsOf(RESULT_SCHEMA, JSON.parse(stdout))).toEqual([])
    expect(stderr.match(/^::error .*$/gm)).toHaveLength(5)
  })

  it('are refused before the search when they cannot be written, and what was there is kept', async () => {
    writeFileSync(join(path, 'old.xml'), 'old')
    for (const [args, text] of [
      [['--junit', 'nowhere/r.xml'], /^nowhere\/r\.xml cannot be written: ENOENT/],
      [['--junit', '.'], /^\. cannot be written: it is a folder\.\n$/],
      [
        ['--junit', 'old.xml', '--sarif', 'old.xml'],
        /^--junit and --sarif would both be written to old\.xml\.\n$/,
      ],
      [['--json', 'x.ts'], /^--json would be written to x\.ts, which is the name of a program\.\n/],
      [['--vacuity', 'mild'], /^--vacuity takes one of error, warn, ignore; it was given 'mild'\.\n$/],
    ] as const) {
      const { code, stdout, stderr } = await check(...args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(text)
    }
    expect(read('old.xml')).toBe('old')
    expect(existsSync(join(path, 'x.ts'))).toBe(false)
  })

  it.runIf(existsSync('/dev/full'))('are written but for one whose disk is full, which is said', async () => {
    const { code, stdout, stderr } = await check('--junit', '/dev/full', '--markdown', 'kept.md')
    expect(code).toBe(2)
    expect(stdout).toContain('violated  ')
    expect(stderr).toBe('/dev/full cannot be written: ENOSPC: no space left on device, write.\n')
    expect(read('kept.md')).toMatch(/^# clustercheck: /)
  })

  it('have schemas that are printed', async () => {
    for (const [name, schema] of Object.entries({
      result: RESULT_SCHEMA,
      shard: SHARD_SCHEMA,
      config: CONFIG_SCHEMA,
    })) {
      const { code, stdout } = await cli(['schema', name])
      expect(code).toBe(0)
      expect(JSON.parse(stdout)).toEqual(schema)
    }
    expect((await cli(['schema', 'results'])).stderr).toMatch(
      /^No schema is called 'results'\. Did you mean 'result'\?/,
    )
  })
})
