/** Tests of the cache: the same bytes as without it, nothing that is not certain, nothing that is damaged. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

const MODEL = (end: number) => `
import { actionsOn, always, model, range, record } from 'clustercheck'
const state = record({ n: range(0, 5000) })
const step = actionsOn<typeof state>()('Step', { guard: (s) => s.n < ${end}, effect: (d) => { d.n += 1 } })
export default model('Counter', { state, actions: [step], properties: [always<typeof state>('Low', { holds: (s) => s.n < 3 })] })
`

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith({ 'm.ts': MODEL(5), 'large.ts': MODEL(5000) })
})
afterEach(() => folder.remove())

const check = (...args: readonly string[]) =>
  cli(['check', ...args], { cwd: folder.path, env: { CLUSTERCHECK_CACHE: 'cache' } })
const entries = (): readonly string[] => {
  const root = join(folder.path, 'cache')
  if (!existsSync(root)) return []
  return readdirSync(root).flatMap((build) =>
    readdirSync(join(root, build)).map((name) => join(root, build, name)),
  )
}
const FOUND = /^1 of 1 search found in the cache cache\/[0-9a-f]{16}; --no-cache searches again\.\n$/
/** The result but for what tells of the run. */
const resultIn = (stdout: string): string =>
  stdout.replace(/"run": \{[^}]*\}/, '').replaceAll(/"elapsedSeconds": [\d.]+/g, '')

describe('the cache', () => {
  it('gives the same result as a search, says so, and is left out when asked', async () => {
    const first = await check('m.ts', '--json')
    expect(first).toMatchObject({ code: 1, stderr: '' })
    const again = await check('m.ts', '--json')
    expect(again.stderr).toMatch(FOUND)
    expect(JSON.parse(again.stdout).run).toMatchObject({ searches: 1, cached: 1 })
    expect(again.code).toBe(1)
    expect(resultIn(again.stdout)).toBe(resultIn(first.stdout))
    const without = await check('m.ts', '--json', '--no-cache')
    expect(without.stderr).toBe('')
    expect(resultIn(without.stdout)).toBe(resultIn(first.stdout))
    // Limits do not change what a complete search says; what is judged does.
    expect((await check('m.ts', '--states', '1000')).stderr).toMatch(FOUND)
    expect((await check('m.ts', '--deadlock')).stderr).toBe('')
    expect((await check('m.ts', '--symmetry')).stderr).toBe('')
    expect(entries()).toHaveLength(3)
  })

  it('does not know a model whose text has changed', async () => {
    await check('m.ts')
    writeFileSync(join(folder.path, 'm.ts'), MODEL(2))
    const { code, stderr } = await check('m.ts')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('keeps no search that was cut, and none of a model that may depend on more than its text', async () => {
    expect((await check('large.ts', '--states', '100')).stdout).toContain('was cut by the limit on states')
    writeFileSync(join(folder.path, 'm.ts'), `const end = Number(process.env.END ?? 5)\n${MODEL(5)}`)
    await check('m.ts')
    writeFileSync(
      join(folder.path, 'm.ts'),
      `import { sep } from 'node:path'\nexport const x = sep\n${MODEL(5)}`,
    )
    await check('m.ts')
    expect(entries()).toEqual([])
  })

  it.each([
    ['altered', (text: string) => text.replace('"distinct":6', '"distinct":7')],
    ['cut short', (text: string) => text.slice(0, 200)],
    ['empty', () => ''],
    ['of another search', (text: string) => text.replace('deadlock', 'livelock')],
  ])('does not use an entry that is %s, and mends it', async (_, damage) => {
    const { stdout } = await check('m.ts', '--json')
    const [file] = entries()
    const before = readFileSync(file!, 'utf8')
    writeFileSync(file!, damage(before))
    expect(readFileSync(file!, 'utf8')).not.toBe(before)
    const again = await check('m.ts', '--json')
    expect(again.stderr).toMatch(
      /^cache\/\S+\.json is damaged and was not used; m\.ts, all is searched again\.\n$/,
    )
    expect(resultIn(again.stdout)).toBe(resultIn(stdout))
    expect((await check('m.ts')).stderr).toMatch(FOUND)
  })

  it('that cannot be used is said once where nobody named it, and is wrong usage where somebody did', async () => {
    writeFileSync(join(folder.path, 'cache'), '')
    const { code, stderr } = await check('m.ts')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^The cache cache cannot be used: E\w+: .*\.\n$/)
    expect(await check('m.ts', '--cache', 'm.ts')).toMatchObject({ code: 2, stdout: '' })
  })
})
