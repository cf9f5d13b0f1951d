/** Instances: each action with each of its choices, and how one is shown. */
import { type Action, choicesOf } from '../../modelling/action.ts'
import { printable } from '../../modelling/printable.ts'
import type { Taken } from '../../modelling/property.ts'
import { elementOf } from '../../modelling/schema.ts'
import { showChoice, showDrawn, showStep } from '../print.ts'
import { asFault, textFrom } from '../running-faults.ts'

/** An action with one choice; instances are numbered from 0 in declaration order, last parameter fastest. */
export interface Instance {
  readonly action: Action
  readonly choice: object
  readonly text: string
  /** What is chosen, with what is drawn from the state in which it is; see `shownIn`. Absent: the choice itself. */
  readonly chosen?: object
}

/** What a reader is told of a choice: a parameter that can have one value only says nothing, unless it depends on the state. */
const told = ({ choose, drawn }: Action, choice: object): readonly (readonly [string, unknown])[] =>
  Object.entries(choice).filter(
    ([parameter]) => choose[parameter]!.length > 1 || drawn?.schemas[parameter] !== undefined,
  )

/** The text of an instance in no particular state: of what is drawn from a channel the place is known only. */
const textOf = (action: Action, choice: object): string =>
  showStep(
    action.name,
    told(action, choice).map(([parameter, value]) => {
      const schema = action.drawn?.schemas[parameter]
      if (schema === undefined || schema.kind === 'set')
        return [parameter, shownValue(action, parameter, value)]
      return [parameter, `place ${String(value)}`]
    }),
  )

const shownValue = ({ name, shows, drawn }: Action, parameter: string, value: unknown): string => {
  const show = shows?.[parameter]
  if (show) {
    const subject = `What action '${name}' shows of ${parameter}`
    try {
      return printable(textFrom(subject, show(value as never)))
    } catch (cause) {
      throw asFault(cause, subject)
    }
  }
  const schema = drawn?.schemas[parameter]
  return schema ? showDrawn(elementOf(schema), value) : showChoice(value)
}

/** An instance as it is shown where it is taken: what is drawn from the state by its content. */
export const shownIn = (instance: Instance, { model }: { readonly model: object }): Instance => {
  const { action, choice } = instance
  if (!action.drawn) return instance
  const chosen = action.drawn.chosenIn(model, choice)
  const text = showStep(
    action.name,
    told(action, chosen).map(([parameter, value]) => [parameter, shownValue(action, parameter, value)]),
  )
  return { ...instance, chosen, text }
}

/** An instance as a test of its step is told, from the state before it. */
export const takenOf = ({ action, choice }: Pick<Instance, 'action' | 'choice'>, before: object): Taken => ({
  name: action.name,
  choice: (action.drawn ? action.drawn.chosenIn(before, choice) : choice) as Taken['choice'],
})

/** Every instance of `actions`, in the order in which they are numbered. */
export const instancesOf = (actions: readonly Action[]): readonly Instance[] =>
  actions.flatMap((action) =>
    choicesOf(action).map((choice) => ({
      action,
      choice,
      text: textOf(action, choice),
    })),
  )
