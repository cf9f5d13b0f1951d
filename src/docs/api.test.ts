/** Tests of the reference of the package: every export is there, with its comment and without a body. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apiPages, declarationsOf } from './api.ts'

const ROOT = join(import.meta.dirname, '../..')
const found = ['src/index.ts', 'model/index.ts'].flatMap((entry) =>
  declarationsOf(ROOT, entry).map((one) => ({ ...one, entry })),
)
const textOf = (name: string): string => found.find((one) => one.name === name)!.text

describe('a declaration', () => {
  it('is found for each name that is exported', async () => {
    const values = Object.keys(await import('../index.ts'))
    expect(values.length).toBeGreaterThan(30)
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(values))
  })

  it.each(found)('of $name of $entry is whole, and has no body', ({ name, text }) => {
    expect(text).toMatch(
      new RegExp(`^export (abstract |async )?(const|function|class|interface|type) ${name}\\b`),
    )
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\])*'/g, '')
    for (const pair of ['()', '[]', '{}'])
      expect(code.split(pair[0]!).length, text).toBe(code.split(pair[1]!).length)
    expect(code).not.toMatch(/\b(return|throw|new) /)
    expect(text.split('\n').length).toBeLessThan(150)
  })

  it('says what is taken and what is returned', () => {
    expect(textOf('bag')).toBe(
      'export const bag = <R extends MessageSchema>(element: R, capacity: number): BagOf<R>',
    )
    expect(textOf('defineReporter')).toBe('export const defineReporter = (reporter: Reporter): Reporter')
    expect(textOf('actionsOn')).toMatch(
      /^export const actionsOn =\s*<S extends [\s\S]*>\(\) =>\s*<[\s\S]*\): Action$/,
    )
    expect(textOf('OwnParts')).toMatch(/^export interface OwnParts<[\s\S]*> \{[\s\S]*hooks\?: [\s\S]*\n\}$/)
    expect(textOf('Always')).toMatch(/^export interface Always extends Named \{[\s\S]*\n\}$/)
  })

  it('has its comment, where the sources have one', () => {
    expect(found.find(({ name }) => name === 'bag')!.about).toMatch(
      /^A multiset of at most `capacity` messages: scalars, or flat records/,
    )
    // Types whose name says all, such as Member, have none.
    const silent = found.filter(({ about }) => about === '')
    expect(silent.length).toBeLessThan(found.length / 5)
  })
})

it('pages name each once, in a group', () => {
  for (const { text } of apiPages(ROOT)) {
    const names = [...text.matchAll(/^### (.*)$/gm)].map(([, name]) => name)
    expect(new Set(names).size).toBe(names.length)
  }
})
