/** Tests of literals in texts: what they are worth, where they stand, and how they are changed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appending, edited, entryOf, exportedObject, lineAt, plainOf } from './literals.ts'

const TYPED = `/** export default { not: 'this' } */
import { defineConfig } from 'clustercheck'
export default defineConfig({
  // Of a scheme.
  targets: [
    { target: 'acked', "limits": { states: 1_000_000, seconds: .5 } as const, }, // the last
    { target: './m.ts', expect: { 'SEQ-1': 'violated' /* known, since 1.2 */ }, exact: true, other: null },
  ],
})
`

describe('an exported object', () => {
  it('is worth what it is worth when it is run', () => {
    expect(plainOf(exportedObject(TYPED, false)!)).toEqual({
      targets: [
        { target: 'acked', limits: { states: 1_000_000, seconds: 0.5 } },
        { target: './m.ts', expect: { 'SEQ-1': 'violated' }, exact: true, other: null },
      ],
    })
  })

  it('is found behind a constant and before a type', () => {
    const text = "const config: Config = { a: 'x' } as Config\nexport default config\n"
    expect(plainOf(exportedObject(text, false)!)).toEqual({ a: 'x' })
    expect(plainOf(exportedObject('export default { a: -1e3 } satisfies Config', false)!)).toEqual({
      a: -1000,
    })
  })

  it.each([
    'export default make()',
    'export default { ...others }',
    'export default { a: 1 + 1 }',
    'export default { a: limit }',
    'export default { a }',
    'export default `x`',
    'export const a = {}',
    'export default nowhere',
    'export default { a: 1',
    '',
  ])('is not found in %s', (text) => {
    expect(exportedObject(text, false)).toBeUndefined()
  })

  it('of JSON is what JSON.parse reads, whatever the strings hold', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        fc.constantFrom(0, 2),
        (value, space) => {
          const text = JSON.stringify(value, null, space)
          // A key called __proto__ is none of a plain object.
          fc.pre(!text.includes('__proto__'))
          expect(plainOf(exportedObject(text, true)!)).toEqual(JSON.parse(text))
        },
      ),
    )
  })

  it('says on which line something stands', () => {
    const targets = entryOf(exportedObject(TYPED, false), 'targets')!
    expect(targets.items!.map(({ start }) => lineAt(TYPED, start))).toEqual([6, 7])
    expect(lineAt(TYPED, entryOf(targets.items![1], 'expect')!.entries![0]!.start)).toBe(7)
  })
})

describe('what is appended', () => {
  const added = (text: string, key: string, ...texts: readonly string[]): string => {
    const literal = entryOf(exportedObject(`export default ${text}`, false), key)!
    return edited(`export default ${text}`, [appending(`export default ${text}`, literal, texts)]).slice(15)
  }
  it.each([
    ['{ a: {} }', '{ a: { x: 1 } }'],
    ['{ a: { b: 2 } }', '{ a: { b: 2, x: 1 } }'],
    ['{ a: { b: 2, } }', '{ a: { b: 2, x: 1, } }'],
    ['{ a: {\n    b: 2\n  } }', '{ a: {\n    b: 2,\n    x: 1\n  } }'],
    ['{ a: {\n    b: 2, // why, oh\n  } }', '{ a: {\n    b: 2, // why, oh\n    x: 1,\n  } }'],
    ['{ a: {\n    b: 2 // why, oh\n  } }', '{ a: {\n    b: 2, // why, oh\n    x: 1\n  } }'],
    ['{ a: { b: 2 as number } }', '{ a: { b: 2 as number, x: 1 } }'],
  ])('to %j gives %j', (before, after) => {
    expect(added(before, 'a', 'x: 1')).toBe(after)
  })

  it('is read again, whatever stands around it', () => {
    const text = TYPED
    const targets = entryOf(exportedObject(text, false), 'targets')!
    const edits = targets.items!.map((item) => appending(text, item, ['z: [1]', "'y-y': 'q'"]))
    const again = plainOf(exportedObject(edited(text, edits), false)!) as { targets: object[] }
    const before = plainOf(exportedObject(text, false)!) as { targets: object[] }
    expect(again.targets).toEqual(before.targets.map((one) => ({ ...one, z: [1], 'y-y': 'q' })))
  })
})
