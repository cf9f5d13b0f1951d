/** The files of declared verdicts: their schemas fit, their text is what `npm run declare` would write, and they name what there is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkerOf } from '../../src/cli/files/json.ts'
import { matrixOf } from '../matrix.ts'
import { declarationsOf, flipsOf, SCOPES_DECLARED } from './index.ts'
import { declarationsIn, linesOf, type Snapshot, textOf } from './snapshot.ts'
import type { StabilityFile } from './stability.ts'

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')
const snapshot = (scope: string): Snapshot => JSON.parse(read(`${scope}.json`)) as Snapshot

describe.each(['small', 'default', 'large', 'stability', 'availability', 'transparency', 'whole-runs'])(
  '%s.json',
  (name) => {
    const text = read(`${name}.json`)
    const file = JSON.parse(text) as Snapshot
    const problemOf = checkerOf(JSON.parse(read(file.$schema)) as object)

    it('is as its schema says, and any spoiled line is not', () => {
      expect(problemOf(file)).toBeUndefined()
      for (const line of file.lines) {
        const { scheme, ...nameless } = line
        for (const bad of [nameless, { scheme }, { ...line, other: 1 }, { ...line, scheme: 'No Scheme' }])
          expect(problemOf({ ...file, lines: [bad] })).toBeDefined()
      }
    })

    it('is written with one line of text for each', () => {
      expect(textOf(file)).toBe(text)
      expect(text.split('\n').filter((line) => line.startsWith('{"scheme"'))).toHaveLength(file.lines.length)
    })
  },
)

describe.each(SCOPES_DECLARED)('what is declared at the %s scope', (scope) => {
  it('is of all schemes and all searches of the matrix, and of no other; so are its properties', () => {
    const { suites } = matrixOf(scope)
    expect(Object.keys(declarationsOf(scope))).toEqual(suites.map(({ name }) => name))
    for (const { name, focuses, expects, states } of suites) {
      expect(Object.keys(states!)).toEqual(focuses.map((focus) => focus.name))
      expect(Object.keys(expects!)).toEqual(
        expect.arrayContaining(Object.keys(declarationsOf(scope)[name]!.verdicts)),
      )
    }
  })

  it('is said once: the lines of what they say are the lines', () => {
    const { lines } = snapshot(scope)
    expect(Object.entries(declarationsIn(lines)).flatMap(([name, of]) => linesOf(name, of))).toEqual(lines)
  })
})

describe('what falls with raised bounds', () => {
  it('is of schemes and searches of the matrix', () => {
    const { lines } = JSON.parse(read('stability.json')) as StabilityFile
    const searches = new Map(
      matrixOf('default').suites.map(({ name, focuses }) => [name, focuses.map((focus) => focus.name)]),
    )
    for (const line of lines) {
      expect([...searches.keys()]).toContain(line.scheme)
      if ('bound' in line) expect(searches.get(line.scheme)).toContain(line.search)
    }
    const kept = [...searches.keys()].flatMap((name) => Object.values(flipsOf(name, 'default')).flat())
    expect(kept).toHaveLength(lines.filter((line) => 'bound' in line).length)
  })
})
