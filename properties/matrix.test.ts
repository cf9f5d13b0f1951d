/** The matrix: at the small scope what is declared is found, every model means the same to every interpreter, and the results that must not change. */
import { describe, expect, it } from 'vitest'
import { labelOf } from '../src/modelling/property.ts'
import { check, NO_LIMITS, search } from '../src/search/breadth-first.ts'
import type { Outcome } from '../src/search/engine/outcome.ts'
import { replay, shows } from '../src/search/engine/path.ts'
import { checkNaively } from '../src/search/naive.ts'
import { plainEngine } from '../src/search/plain-engine.ts'
import { type Focus, idleIn, joined, propertiesOf, type Suite } from '../src/search/suite.ts'
import { declarationsOf } from './declared/index.ts'
import { matrixOf } from './matrix.ts'

/** Focuses that are one search, once, with the name of the scheme that has it first. */
const searchesOf = (
  suites: readonly Suite[],
): readonly { readonly name: string; readonly focus: Focus }[] => {
  const first = new Map<string, { name: string; focus: Focus }>()
  for (const { name, focuses } of suites)
    for (const focus of focuses)
      if (!first.has(focus.key!)) first.set(focus.key!, { name: `${name}, ${focus.name}`, focus })
  return [...first.values()]
}

describe('the small matrix', () => {
  const found = new Map<string, Outcome>()
  const outcomeOf = async (focus: Focus): Promise<Outcome> => {
    const outcome = found.get(focus.key!) ?? (await check(focus.model))
    found.set(focus.key!, outcome)
    return outcome
  }

  it.each(matrixOf('small').suites)(
    '$name has the declared verdicts and counts, and every counterexample replays on the plain interpreter',
    async (suite) => {
      const outcomes: { focus: Focus; outcome: Outcome }[] = []
      for (const focus of suite.focuses) outcomes.push({ focus, outcome: await outcomeOf(focus) })
      expect(
        Object.fromEntries(outcomes.map(({ focus, outcome }) => [focus.name, outcome.distinct])),
      ).toEqual(suite.states)
      expect(idleIn(outcomes.map(({ outcome }) => outcome))).toEqual(suite.idle)
      const verdicts = joined(suite, outcomes).verdicts.map(({ label, verdict, value }) => [
        label,
        verdict === 'measured' ? value : verdict,
      ])
      expect(
        Object.fromEntries(verdicts),
        'Explain what changed; then `npm run declare small` writes it down, and `npm run declare` for the default scope',
      ).toEqual(suite.expects)
      for (const { focus, outcome } of outcomes)
        for (const { property, verdict, path } of outcome.judgements)
          if (verdict === 'violated') expect(shows(replay(focus.model, path!), property)).toBe(true)
    },
  )
})

describe('the interpreters', () => {
  it.each(searchesOf(matrixOf('small').suites).filter(({ name }) => /^(single-gateway|no-synch)/.test(name)))(
    'agree on $name',
    async ({ focus: { model } }) => {
      const packed = await check(model, { exact: true })
      const plain = await search(plainEngine(model), {
        limits: NO_LIMITS,
        deadlock: false,
        fewestChanges: true,
      })
      const naive = checkNaively(model)
      const counts = ({ distinct, generated, depth, stuck }: Omit<typeof naive, 'verdicts'>) => ({
        distinct,
        generated,
        depth,
        stuck,
      })
      expect(counts(plain)).toEqual(counts(packed))
      expect(counts(naive)).toEqual(counts(packed))
      expect(plain.judgements).toEqual(packed.judgements)
      expect(plain.coverage).toEqual(packed.coverage)
    },
  )

  it.each(searchesOf(matrixOf('default').suites))(
    'agree on the first states of $name',
    async ({ focus: { model } }) => {
      const limits = { ...NO_LIMITS, states: 50 }
      const packed = await check(model, { exact: true, limits })
      const plain = await search(plainEngine(model), { limits, deadlock: false, fewestChanges: true })
      expect(plain.distinct).toBe(packed.distinct)
      expect(plain.generated).toBe(packed.generated)
      expect(plain.judgements).toEqual(packed.judgements)
    },
  )
})

describe.each(['small', 'default', 'large'] as const)('what is declared at the %s scope', (scope) => {
  const declared = declarationsOf(scope)

  it('lets the single gateway keep every promise', () => {
    expect(Object.values(declared['single-gateway']!.verdicts)).not.toContain('violated')
  })

  it('lets acknowledged synchronisation with a sufficient jump keep message IDs, sequence numbers and IVs', () => {
    for (const label of ['MID-1', 'MID-3', 'MID-4', 'SEQ-1', 'IV-1'])
      expect(declared['acked-everything']!.verdicts[label] ?? 'holds').toBe('holds')
  })

  it('is complete: every scheme and every search, and nothing that is not in the matrix', () => {
    const { suites } = matrixOf(scope)
    expect(Object.keys(declared)).toEqual(suites.map(({ name }) => name))
    for (const { name, focuses } of suites)
      expect(Object.keys(declared[name]!.states)).toEqual(focuses.map((focus) => focus.name))
  })
})

describe('a property', () => {
  it.each(propertiesOf(matrixOf('default').suites).map((property) => [labelOf(property), property]))(
    '%s names a source and a sentence',
    (_, { source, sentence }) => {
      expect(source).toMatch(/RFC \d+/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('is violated by some scheme and repaired by another', () => {
    const verdicts = Object.values(declarationsOf('default'))
    for (const { kind, ...property } of propertiesOf(matrixOf('default').suites)) {
      if (kind === 'measure') continue
      const label = property.label ?? property.name
      expect(
        verdicts.some((one) => one.verdicts[label] === 'violated'),
        label,
      ).toBe(true)
    }
  })
})
