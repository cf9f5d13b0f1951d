/** Targets of which some properties only are asked for: searches that judge none of these are not made. */
import { labelOf } from '../../modelling/property.ts'
import type { Suite } from '../../search/suite.ts'
import { given, type RawOptions } from '../options/arguments.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'

/** The labels that an option lists, separated by commas; undefined when it was not given. */
export const labelsOf = (options: RawOptions, name: string): readonly string[] | undefined =>
  given(options, name, (option, text) => {
    const labels = text.split(',').map((label) => label.trim())
    if (labels.includes(''))
      throw new UsageError({
        problem: `${option} takes labels separated by commas, such as MID-1,SEQ-1; it was given '${text}'.`,
      })
    return [...new Set(labels)]
  })

const DEADLOCK = 'Deadlock'

/** What is needed of a target. */
interface Judging {
  readonly name: string
  readonly suite: Suite
  readonly settings?: { readonly deadlock?: boolean }
}

/**
 * The targets with the searches that judge one of these labels; a target without any is left out. `deadlock`: states
 * without successor are judged as well. Throws `UsageError` for a label that no target has.
 */
export const withOnly = <T extends Judging>(
  targets: readonly T[],
  labels: readonly string[] | undefined,
  { deadlock = false } = {},
): readonly T[] => {
  if (!labels) return targets
  const judges = (target: T): readonly string[] => [
    ...target.suite.focuses.flatMap(({ model }) => model.properties.map(labelOf)),
    ...(deadlock || target.settings?.deadlock ? [DEADLOCK] : []),
  ]
  const known = [...new Set(targets.flatMap(judges))]
  const unknown = labels.find((label) => !known.includes(label))
  if (unknown !== undefined)
    throw unknownName(
      targets.length === 1 ? `property of ${targets[0]!.name}` : 'property of these targets',
      unknown,
      known,
    )
  return targets.flatMap((target) => {
    const own = judges(target).filter((label) => labels.includes(label))
    return own.length === 0 ? [] : [{ ...target, suite: suiteWith(target.suite, own) }]
  })
}

const suiteWith = (suite: Suite, labels: readonly string[]): Suite => {
  const focuses = labels.includes(DEADLOCK)
    ? suite.focuses
    : suite.focuses.filter(({ model }) => model.properties.some((one) => labels.includes(labelOf(one))))
  const names = focuses.map(({ name }) => name)
  const { expects, states, idle: _, ...rest } = suite
  return {
    ...rest,
    focuses,
    ...(expects && { expects: those(expects, labels) }),
    ...(states && { states: those(states, names) }),
  }
}

const those = <T>(all: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
