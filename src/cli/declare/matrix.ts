/** What the searches of a scope find, as it is declared. */
import type { ScopeDeclared } from '../../../properties/declared/index.ts'
import {
  type Declaration,
  declarationsIn,
  linesOf,
  type Snapshot,
} from '../../../properties/declared/snapshot.ts'
import { matrixOf } from '../../../properties/matrix.ts'
import { labelOf } from '../../modelling/property.ts'
import { check } from '../../search/breadth-first.ts'
import type { Outcome, Verdict } from '../../search/engine/outcome.ts'
import { type Declared, idleIn, joined, joinedVerdict, type Suite } from '../../search/suite.ts'
import { read, write } from './files.ts'

/** One suite as it is declared. */
const declarationOf = async (
  suite: Suite,
  before: Declaration | undefined,
  wanted: readonly string[] | undefined,
  outcomeOf: (focus: Suite['focuses'][number]) => Promise<Outcome>,
): Promise<Declaration> => {
  const kept = suite.focuses.filter(
    ({ name }) => wanted !== undefined && !wanted.includes(name) && before?.states[name] !== undefined,
  )
  const outcomes: { focus: Suite['focuses'][number]; outcome: Outcome }[] = []
  for (const focus of suite.focuses)
    if (!kept.includes(focus)) outcomes.push({ focus, outcome: await outcomeOf(focus) })
  const states = Object.fromEntries(
    suite.focuses.map(({ name }) => [
      name,
      outcomes.find(({ focus }) => focus.name === name)?.outcome.distinct ?? before!.states[name]!,
    ]),
  )
  const elsewhere = new Set(kept.flatMap(({ model }) => model.properties.map(labelOf)))
  const verdicts = new Map<string, Declared>()
  for (const label of elsewhere) verdicts.set(label, before!.verdicts[label] ?? 'holds')
  for (const { label, property, verdict, value } of joined(suite, outcomes).verdicts) {
    const name = property ? labelOf(property) : label
    const known = verdicts.get(name)
    const found = verdict === 'measured' ? value! : verdict
    verdicts.set(
      name,
      typeof found === 'number' || typeof known === 'number' || known === undefined
        ? found
        : joinedVerdict([known as Verdict, found]),
    )
  }
  const order = Object.keys(suite.expects ?? {})
  const named = [...verdicts]
    .filter(([, declared]) => declared !== 'holds')
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  const taken = outcomes.flatMap(({ outcome }) =>
    outcome.coverage.filter((one) => one.taken > 0).map(({ action }) => action),
  )
  const idle =
    kept.length > 0
      ? before!.idle.filter((action) => !taken.includes(action))
      : idleIn(outcomes.map(({ outcome }) => outcome))
  return { states, verdicts: Object.fromEntries(named), idle }
}

/** Searches the matrix of a scope, or those searches of it that are wanted, and writes its file. */
export const declareMatrix = async (
  scope: ScopeDeclared,
  wanted: readonly string[] | undefined,
): Promise<void> => {
  const file = `${scope}.json`
  const before = read<Snapshot>(file)
  const declarations = declarationsIn(before.lines)
  const found = new Map<string, Outcome>()
  const outcomeOf = async (focus: Suite['focuses'][number]): Promise<Outcome> => {
    const outcome = found.get(focus.key!) ?? (await check(focus.model))
    found.set(focus.key!, outcome)
    return outcome
  }
  const lines: Snapshot['lines'][number][] = []
  for (const suite of matrixOf(scope).suites)
    lines.push(
      ...linesOf(suite.name, await declarationOf(suite, declarations[suite.name], wanted, outcomeOf)),
    )
  write(file, { ...before, lines })
}
