/** A model: schema, initial states, actions and properties, checked for being well formed before anything runs it. */
import type { Action } from './action.ts'
import type { Draft, View } from './draft.ts'
import type { Events } from './events.ts'
import { checkFields, type Fail, ModelFault, quote } from './fault.ts'
import { overPlaces } from './over-places.ts'
import { printable } from './printable.ts'
import {
  type Fairness,
  isListener,
  isOfGraph,
  isTemporal,
  labelOf,
  ofGraph,
  PROPERTY_FIELDS,
  PROPERTY_KINDS,
  type Property,
  type Refines,
  type Temporal,
} from './property.ts'
import type { RecordOf } from './schema.ts'
import { checkSchema, NAME, slotsOf } from './schema-check.ts'

/** A checked model. */
export interface Model {
  readonly kind: 'model'
  readonly name: string
  /** One sentence. */
  readonly about?: string
  readonly state: RecordOf
  readonly events?: Events
  /** Each enabled instance, run on the zero state, gives an initial state. */
  readonly initial: readonly Action[]
  readonly actions: readonly Action[]
  readonly properties: readonly Property[]
  /** States beyond it are counted and judged, and no action is possible there: guards say so. */
  constraint?(state: object): boolean
  /** States that may be without successor; consulted only when deadlocks are searched for. */
  final?(state: object): boolean
  /**
   * Runs something as if nothing of the model had run before, for a model whose closures can be made anew; `closure` numbers
   * what is run. A search runs closures so from time to time and compares.
   */
  afresh?<T>(run: () => T, closure: number): T
}

/** What `model` takes, in the types of its schema. */
export interface ModelBody<S extends RecordOf> {
  readonly about?: string
  readonly state: S
  readonly events?: Events
  /** Absent: the zero state is the initial state. One effect on the zero state, or several as actions. */
  readonly initial?: ((d: Draft<S>) => void) | readonly Action[]
  readonly actions: readonly Action[]
  readonly properties?: readonly Property[]
  /**
   * States in which it is false lie beyond what is explored, as under CONSTRAINT in TLC: they are judged, counted apart, and
   * not expanded. Whatever could come after them is taken for good.
   */
  readonly constraint?: (s: View<S>) => boolean
  readonly final?: (s: View<S>) => boolean
  /** See `Model`. */
  readonly afresh?: <T>(run: () => T, closure: number) => T
}

const FIELDS = [
  'about',
  'state',
  'events',
  'initial',
  'actions',
  'properties',
  'constraint',
  'final',
  'afresh',
] as const satisfies readonly (keyof ModelBody<RecordOf>)[]

/** Defines a model. Throws `ModelFault` when it is not well formed. */
export const model = <S extends RecordOf>(name: string, body: ModelBody<S>): Model => {
  // Another model may be written out here, with something changed.
  const { kind: _kind, name: _name, ...own } = body as ModelBody<S> & Partial<Model>
  checkFields('The model', own, FIELDS)
  const fixed = (actions: readonly Action[]): readonly Action[] => withFixedDomains(name, actions, body.state)
  const made = {
    ...body,
    ...(typeof body.about === 'string' && { about: onOneLine(body.about) }),
    kind: 'model',
    name: onOneLine(String(name)),
    initial: namedPrintably(fixed(initialActions(body.initial))),
    actions: namedPrintably(fixed(body.actions)),
    properties: namedPrintably(body.properties ?? []),
  } as unknown as Model
  checkModel(made)
  return made.constraint ? within(made, made.constraint) : made
}

/** The model in which nothing is possible beyond a constraint, and nothing that may come after that is judged. */
const within = (made: Model, constraint: (state: object) => boolean): Model => ({
  ...made,
  actions: made.actions.map((action) => {
    const { guard } = action
    return {
      ...action,
      guard: guard ? (s: object, choice: object) => constraint(s) && guard(s, choice) : constraint,
    }
  }),
  properties: made.properties.map((p) => {
    if (!isOfGraph(p)) return p
    const { holds } = p
    return { ...p, holds: (s: object) => !constraint(s) || holds(s) }
  }),
})

/** Actions whose choices are from fixed domains; see `over-places.ts`. */
const withFixedDomains = (model: string, actions: readonly Action[], state: RecordOf): readonly Action[] => {
  if (!Array.isArray(actions) || !actions.some((action) => action?.from)) return actions
  const fail: Fail = (problem, hint) => {
    throw new ModelFault({ problem, model, ...(hint !== undefined && { hint }) })
  }
  checkSchema(state, 'state', fail)
  return actions.map((action) => overPlaces(action, state, fail))
}

/** A name or a sentence, which may have been written on several lines. */
const onOneLine = (text: string): string => printable(text.replaceAll(/[ \t]*\r?\n[ \t]*/g, ' '))

/** What is shown of an action or a property. */
const SHOWN = ['name', 'label', 'sentence', 'source', 'smallest', 'unit'] as const

/** Actions or properties with names that can be shown anywhere; those that need no change stay the same. */
const namedPrintably = <T extends object>(list: readonly T[]): readonly T[] =>
  Array.isArray(list)
    ? list.map((one) => {
        const odd = Object.entries(one ?? {}).filter(
          ([key, value]) =>
            SHOWN.includes(key as (typeof SHOWN)[number]) &&
            typeof value === 'string' &&
            onOneLine(value) !== value,
        )
        if (odd.length === 0) return one
        return { ...one, ...Object.fromEntries(odd.map(([key, value]) => [key, onOneLine(value as string)])) }
      })
    : list

/** Whether `value` is what `model` returns. */
export const isModel = (value: unknown): value is Model => {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'model')
    return false
  try {
    // What merely looks like one is found out here, and not in the middle of a search.
    const { name, initial, actions, properties } = value as Model
    if (typeof name !== 'string' || ![initial, actions, properties].every((list) => Array.isArray(list)))
      return false
    checkModel(value as Model)
    return true
  } catch {
    return false
  }
}

const initialActions = (initial: unknown): readonly Action[] => {
  if (Array.isArray(initial)) return initial as Action[]
  const effect = (initial ?? (() => {})) as (d: object) => void
  return [{ name: 'init', choose: {}, effect: (d) => effect(d) }]
}

/** The name under which states without successor are judged. */
const DEADLOCK = 'Deadlock'
const MOST_PROPERTIES = 31
/** Two bits of a state's marks for each property that is judged over the graph. */
const MOST_OF_GRAPH = 8
const MOST_INSTANCES = 65_535
/** Of an action against others, in random runs. */
export const MOST_WEIGHT = 1_000
/** Values and messages in one state. */
const MOST_SLOTS = 10_000

/** What a property calls fair are actions of the model, and their choices. */
const checkFairness = ({ actions }: Model, { name, kind, whenever, fair }: Temporal, fail: Fail): void => {
  if (kind === 'leadsTo' && whenever === undefined)
    fail(`The property '${name}' is of the kind leadsTo and has no whenever; expected a function.`)
  if (fair === undefined || fair === 'weak' || fair === 'strong') return
  if (!Array.isArray(fair))
    fail(
      `The fairness of property '${name}' is ${quote(fair)}; expected 'weak', 'strong', or a list of weakly(...) and strongly(...).`,
    )
  for (const one of fair as readonly Fairness[]) {
    if (typeof one !== 'object' || one === null || !Array.isArray(one.actions))
      fail(`The fairness of property '${name}' lists ${quote(one)}; expected weakly(...) or strongly(...).`)
    const odd = one.actions.find((action) => !actions.some((known) => known.name === action))
    if (odd !== undefined || one.actions.length === 0)
      fail(
        `The fairness of property '${name}' names ${odd === undefined ? 'no action' : `the action ${quote(odd)}`}; the model has ${actions.map((action) => action.name).join(', ')}.`,
      )
    for (const action of actions.filter((known) => one.actions.includes(known.name))) {
      const missing = one.each?.find((choice) => !(choice in action.choose))
      if (missing !== undefined)
        fail(
          `The fairness of property '${name}' is for each ${quote(missing)}, but action '${action.name}' chooses ${Object.keys(action.choose).join(', ') || 'nothing'}.`,
        )
    }
  }
}

/** What a property sees are events of its model, and of its specification. */
const checkRefinement = (model: Model, p: Refines, fail: Fail): void => {
  const { name, specification, goals } = p
  if (goals !== undefined && typeof goals !== 'function')
    fail(`The goals of property '${name}' are ${quote(goals)}; expected a function.`)
  if (specification?.kind !== 'model')
    fail(`The specification of property '${name}' is ${quote(specification)}; expected a model.`)
  for (const [whose, one, observer] of [
    ['the model', model, p.sees],
    [`the specification ${specification.name}`, specification, p.seesOfSpecification],
  ] as const) {
    if (typeof observer?.on !== 'object' || observer.memory?.kind !== 'record')
      fail(
        `What property '${name}' sees is ${quote(observer)}; expected observerOn<Events>()({ on: { ... } }).`,
      )
    checkSchema(observer.memory, `${name}.memory`, fail)
    const known = one.events?.kinds ?? []
    for (const [event, look] of Object.entries(observer.on)) {
      if (!known.includes(event))
        fail(
          `Property '${name}' sees '${event}', which ${whose} does not emit. Known: ${known.join(', ') || 'none'}.`,
        )
      if (typeof look !== 'function')
        fail(`What property '${name}' sees of ${event} is ${quote(look)}; expected a function.`)
    }
  }
}

const KINDS = { monitor: 'Monitor', measure: 'Measure' } as const

const checkModel = (model: Model): void => {
  const fail: Fail = (problem, hint) => {
    throw new ModelFault({ problem, model: model.name, ...(hint !== undefined && { hint }) })
  }
  const unique = (what: string, names: readonly string[]): void => {
    const twice = names.find((name, i) => names.indexOf(name) !== i)
    if (twice !== undefined) fail(`Two ${what} are called '${twice}'; names must differ.`)
  }
  if (model.initial.length === 0)
    fail('The model has no initial state: its list of initial actions is empty.')
  if (model.actions.length === 0) fail('The model has no actions.')
  unique(
    'actions',
    [...model.initial, ...model.actions].map((a) => a.name),
  )
  unique(
    'properties',
    model.properties.map((p) => p.name),
  )
  unique('property labels', model.properties.map(labelOf))
  for (const { name, label } of model.properties)
    if (!NAME.test(name) || name === DEADLOCK || label === DEADLOCK)
      fail(
        `A property is called '${name}'; a name is letters and digits, a letter first, and '${DEADLOCK}' is taken.`,
      )
  if (model.properties.length > MOST_PROPERTIES)
    fail(
      `The model has ${model.properties.length} properties; at most ${MOST_PROPERTIES} are judged in one search.`,
    )

  const { length } = ofGraph(model.properties)
  if (length > MOST_OF_GRAPH)
    fail(
      `The model has ${length} properties of the kinds alwaysPossible, eventually, leadsTo and repeatedly; at most ${MOST_OF_GRAPH} are judged in one search.`,
    )

  for (const { name, guard, effect } of [...model.initial, ...model.actions])
    for (const [part, value] of Object.entries({ guard, effect }))
      if (typeof value !== 'function' && !(part === 'guard' && value === undefined))
        fail(`The ${part} of action '${name}' is ${quote(value)}; expected a function.`)
  for (const { name, choose, shows = {} } of [...model.initial, ...model.actions])
    for (const [parameter, show] of Object.entries(shows)) {
      if (!(parameter in choose))
        fail(
          `Action '${name}' shows ${quote(parameter)}, which it does not choose; it chooses ${Object.keys(choose).join(', ') || 'nothing'}.`,
        )
      if (typeof show !== 'function')
        fail(`What action '${name}' shows of ${parameter} is ${quote(show)}; expected a function.`)
    }
  for (const { name, weight = 1, fault = false, by = '' } of [...model.initial, ...model.actions]) {
    if (!Number.isSafeInteger(weight) || weight < 0 || weight > MOST_WEIGHT)
      fail(
        `The weight of action '${name}' is ${quote(weight)}; expected a whole number from 0 to ${MOST_WEIGHT}.`,
      )
    if (typeof fault !== 'boolean')
      fail(`The fault mark of action '${name}' is ${quote(fault)}; expected true or false.`)
    if (typeof by !== 'string' && typeof by !== 'function')
      fail(`Who acts in action '${name}' is ${quote(by)}; expected a word or a function of the choice.`)
  }
  for (const p of model.properties) {
    if (!PROPERTY_KINDS.includes(p.kind))
      fail(
        `The property '${p.name}' is of the kind ${quote(p.kind)}; make it by always, sometimes, alwaysPossible, eventually, leadsTo, repeatedly, step, refines, monitorOn or measureOn.`,
      )
    checkFields(`The property '${p.name}'`, p, PROPERTY_FIELDS[p.kind])
    if (isListener(p)) {
      for (const [event, handler] of Object.entries(p.on ?? {}))
        if (typeof handler !== 'function')
          fail(`The handler of property '${p.name}' for ${event} is ${quote(handler)}; expected a function.`)
      continue
    }
    if (p.kind === 'refines') {
      checkRefinement(model, p, fail)
      continue
    }
    if (typeof p.holds !== 'function')
      fail(`The test of property '${p.name}' is ${quote(p.holds)}; expected a function under holds.`)
    if (isTemporal(p)) checkFairness(model, p, fail)
    const more = 'situation' in p ? p.situation : 'whenever' in p ? p.whenever : undefined
    if (more !== undefined && typeof more !== 'function')
      fail(
        `The ${'situation' in p ? 'situation' : 'whenever'} of property '${p.name}' is ${quote(more)}; expected a function.`,
      )
  }
  if (model.constraint !== undefined && typeof model.constraint !== 'function')
    fail(`The constraint of the model is ${quote(model.constraint)}; expected a function.`)
  if (model.final !== undefined && typeof model.final !== 'function')
    fail(`The final test of the model is ${quote(model.final)}; expected a function.`)

  for (const action of [...model.initial, ...model.actions])
    for (const [parameter, domain] of Object.entries(action.choose)) {
      if (domain.length === 0)
        fail(
          `Parameter '${parameter}' of action '${action.name}' has an empty domain; the action could never fire.`,
          'leave the action out where its domain is empty',
        )
      if (new Set(domain).size !== domain.length)
        fail(`Parameter '${parameter}' of action '${action.name}' lists a value twice.`)
      const odd = domain.find((value) => !isPlain(value))
      if (odd !== undefined)
        fail(
          `Parameter '${parameter}' of action '${action.name}' can be a ${typeof odd}; expected words, numbers, booleans or records of these.`,
        )
    }
  for (const [what, actions] of [
    ['initial', model.initial],
    ['action', model.actions],
  ] as const) {
    const instances = actions.reduce((sum, action) => sum + countOf(action), 0)
    if (instances > MOST_INSTANCES)
      fail(`The model has ${instances} ${what} instances; at most ${MOST_INSTANCES} can be numbered.`)
  }

  if (model.state?.kind !== 'record')
    fail('The state of the model is no record; write state: record({ ... }).')
  checkSchema(model.state, 'state', fail)
  const slots = slotsOf(model.state)
  if (slots > MOST_SLOTS)
    fail(
      `The state has room for ${slots} values; at most ${MOST_SLOTS} fit.`,
      'lower the capacity of a channel',
    )
  for (const property of model.properties) {
    if (!isListener(property)) continue
    if (property.kind === 'measure' && !(typeof property.unit === 'string' && property.unit !== ''))
      fail(
        `The unit of measure '${property.name}' is ${quote(property.unit)}; expected a word, such as messages.`,
      )
    checkSchema(property.memory, property.name, fail)
    const known = model.events?.kinds ?? []
    for (const event of Object.keys(property.on))
      if (!known.includes(event))
        fail(
          `${KINDS[property.kind]} '${property.name}' listens to '${event}', which the model does not emit. Known: ${known.join(', ') || 'none'}.`,
        )
  }
}

/** Whether a value can be a choice: printed, frozen and put into a token. */
const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isPlain)
    : ['string', 'number', 'boolean'].includes(typeof value)

/** The number of instances of an action, without listing them. */
const countOf = ({ choose }: Action): number =>
  Object.values(choose).reduce((product, domain) => product * domain.length, 1)
