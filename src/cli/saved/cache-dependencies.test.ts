/** What the cache finds again after the program was edited: all that does not depend on the edit, and nothing else. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOf, MAIN } from '../testing/under-test.ts'

/** A copy of the build that can be edited; beside the build, where packages are found. */
const build = join(dirname(MAIN), '../../..')
const copy = `${build}-edited`
const main = join(copy, 'dist/src/cli/main.js')
beforeAll(() => {
  mkdirSync(copy)
  for (const name of ['package.json', 'dist'])
    cpSync(join(build, name), join(copy, name), { recursive: true })
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** The share of the searches of a scheme that was found. */
const found = async (): Promise<string> => {
  const args = ['check', 'no-synch', '--scope', 'small']
  const { stderr } = await cliOf(main, args, { env: { CLUSTERCHECK_CACHE: join(copy, 'cache') } })
  return /^(\d+ of \d+) searches found/.exec(stderr)?.[1] ?? 'none'
}

/** Edits a module of the copy for so long as something is looked at. */
const edited = async <T>(
  path: string,
  edit: (text: string) => string,
  then: () => Promise<T>,
): Promise<T> => {
  const file = join(copy, 'dist', path)
  const before = readFileSync(file, 'utf8')
  const after = edit(before)
  expect(after, path).not.toBe(before)
  writeFileSync(file, after)
  try {
    return await then()
  } finally {
    writeFileSync(file, before)
  }
}

describe('the cache', () => {
  it('finds what does not depend on an edit', async () => {
    expect(await found()).toBe('none')
    const all = await found()
    const [, of] = all.split(' of ').map(Number)
    expect(all).toBe(`${of} of ${of}`)
    // A scheme more, a comment, and what reports look like.
    const more = "export const hotStandby = [{ ...HOT_STANDBY[1], name: 'another' }, ...HOT_STANDBY]"
    expect(
      await edited(
        'model/schemes/hot-standby.js',
        (text) => `${text.replace('export const hotStandby', 'const HOT_STANDBY')}\n${more}\n`,
        found,
      ),
    ).toBe(all)
    expect(await edited('model/ends/member.js', (text) => `// A comment.\n${text}`, found)).toBe(all)
    expect(
      await edited('src/report/terminal/check-text.js', (text) => `${text}\nexport const more = 1\n`, found),
    ).toBe(all)
    // A property of hints, which one search of the scheme judges.
    const test = (text: string) => text.replace('=> {', '=> { if (Math.abs(1) === 2) throw 1;')
    expect(await edited('properties/requirements/unprotected.js', test, found)).toBe(`${of! - 1} of ${of}`)
    // The second search of what was edited is found, and the first is not forgotten.
    expect(await found()).toBe(all)
    // An action, and the engine.
    const action = (text: string) =>
      text.replace('d.spent.crashes += 1', 'd.spent.crashes = d.spent.crashes + 1')
    expect(await edited('model/failover/environment.js', action, found)).toBe('none')
    const engine = (text: string) => text.replace('this.expanded = state', 'this.expanded = state + 0')
    expect(await edited('src/search/engine/levels.js', engine, found)).toBe('none')
    expect(await found()).toBe(all)
  })
})
