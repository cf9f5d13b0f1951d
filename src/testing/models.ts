/** Random models: a recipe that fast-check makes and shrinks, and the model that it describes. */
import fc from 'fast-check'
import { type Action, actionsOn, type Choices, choicesOf } from '../modelling/action.ts'
import type { BagDraft, QueueDraft, SetDraft } from '../modelling/draft.ts'
import { eventsOf } from '../modelling/events.ts'
import { type Model, type ModelBody, model } from '../modelling/model.ts'
import type {
  Always,
  AlwaysPossible,
  Fairness,
  Judge,
  Measure,
  Meter,
  Monitor,
  OfSteps,
  Property,
  Sometimes,
  Temporal,
} from '../modelling/property.ts'
import { type RecordOf, range, record } from '../modelling/schema.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import {
  type Condition,
  condition,
  constantMessage,
  effect,
  handler,
  type Message,
  meterHandler,
  type Statement,
} from './language.ts'
import { Meaning } from './meaning.ts'
import { nth, part, type Scene } from './reading.ts'
import { IDENTITIES, memorySchema, placesOf, stateSchema } from './schemas.ts'

interface ActionRecipe {
  /** How many identities are chosen from; 0: no such parameter. Likewise numbers. */
  readonly identities: number
  readonly numbers: number
  /** Messages for the first bag; none: no such parameter. */
  readonly messages: readonly Message[]
  readonly guard: Condition | undefined
  readonly effect: readonly Statement[]
}

interface PropertyRecipe {
  readonly kind: 'always' | 'sometimes' | 'alwaysPossible'
  readonly holds: Condition
  /** The situation of an always, the whenever of an alwaysPossible. */
  readonly when: Condition | undefined
}

/** A monitor or a measure. */
interface ListenerRecipe {
  readonly memory: RecordOf
  readonly on: readonly (readonly Statement[] | undefined)[]
}

/** A model as data. */
export interface Recipe {
  readonly state: RecordOf
  /** None: the zero state is the initial state. */
  readonly initial: readonly ActionRecipe[]
  readonly actions: readonly ActionRecipe[]
  readonly final: Condition | undefined
  readonly properties: readonly PropertyRecipe[]
  readonly monitors: readonly ListenerRecipe[]
  readonly measures: readonly ListenerRecipe[]
}

const optional = <T>(arbitrary: fc.Arbitrary<T>, freq: number) =>
  fc.option(arbitrary, { nil: undefined, freq })

const actionWith = (guard: fc.Arbitrary<Condition | undefined>): fc.Arbitrary<ActionRecipe> =>
  fc.record({
    identities: fc.constantFrom(0, 0, 1, 2, 3),
    numbers: fc.constantFrom(0, 0, 0, 1, 2),
    messages: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(constantMessage, { minLength: 1, maxLength: 2 }) },
    ),
    guard,
    effect,
  })
const action = actionWith(optional(condition, 2))
/** Guarded seldom: a model whose initial guards are all false has no states. */
const initialAction = actionWith(
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: condition }),
)

const listenerWith = (body: fc.Arbitrary<readonly Statement[]>): fc.Arbitrary<ListenerRecipe> =>
  fc.record({ memory: memorySchema, on: fc.array(optional(body, 4), { minLength: 2, maxLength: 2 }) })

/** Recipes of small models. */
export const recipe: fc.Arbitrary<Recipe> = fc.record({
  state: stateSchema,
  initial: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(initialAction, { minLength: 1, maxLength: 2 }) },
  ),
  actions: fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.array(action, { minLength: 1, maxLength: 3 }) },
    { weight: 4, arbitrary: fc.array(action, { minLength: 4, maxLength: 6 }) },
    { weight: 4, arbitrary: fc.array(actionWith(condition), { minLength: 2, maxLength: 4 }) },
  ),
  final: optional(condition, 2),
  properties: fc.array(
    fc.record({
      kind: fc.constantFrom('always', 'sometimes', 'alwaysPossible'),
      holds: condition,
      when: optional(condition, 2),
    }),
    { maxLength: 4 },
  ),
  monitors: fc.array(listenerWith(handler), { maxLength: 2 }),
  measures: fc.array(listenerWith(meterHandler), { maxLength: 2 }),
})

/** A recipe with properties of whole runs beside. */
export const recipeWithRuns = fc.record({
  recipe,
  runs: fc.array(
    fc.record({
      kind: fc.constantFrom('eventually', 'leadsTo', 'repeatedly'),
      holds: condition,
      when: condition,
      fair: fc.oneof(
        fc.constantFrom(undefined, 'weak', 'strong'),
        fc.array(
          fc.record({
            strength: fc.constantFrom('weak', 'strong'),
            actions: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }),
            each: fc.boolean(),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})

/** The model of such a recipe; without monitors and measures, whose memories would tell states apart. */
export const modelWithRuns = ({
  recipe,
  runs,
}: typeof recipeWithRuns extends fc.Arbitrary<infer T> ? T : never): Model => {
  const plain = modelOf({ ...recipe, monitors: [], measures: [] })
  const meaning = new Meaning(placesOf(recipe.state))
  const predicate = (test: Condition) => (s: object) => meaning.test(test, { s, chosen: [], event: 0 })
  const fairnessOf = (fair: (typeof runs)[number]['fair']): Temporal['fair'] =>
    typeof fair !== 'object'
      ? fair
      : fair.map(({ strength, actions, each }): Fairness => {
          const meant = actions.map((i) => plain.actions[i % plain.actions.length]!)
          const shared = Object.keys(meant[0]!.choose).filter((name) =>
            meant.every(({ choose }) => name in choose),
          )
          return { strength, actions: [...new Set(meant.map(({ name }) => name))], each: each ? shared : [] }
        })
  return {
    ...plain,
    properties: [
      ...plain.properties,
      ...runs.map(({ kind, holds, when, fair }, i): Temporal => {
        const fairness = fairnessOf(fair)
        return {
          kind,
          name: `R${i}`,
          holds: predicate(holds),
          ...(kind === 'leadsTo' && { whenever: predicate(when) }),
          ...(fairness !== undefined && { fair: fairness }),
        }
      }),
    ],
  }
}

/** A recipe with a constraint. */
export const recipeWithConstraint = fc.record({ recipe, constraint: condition })

/** The model of such a recipe. */
export const modelWithConstraint = ({
  recipe,
  constraint,
}: typeof recipeWithConstraint extends fc.Arbitrary<infer T> ? T : never): Model => {
  const made = modelOf(recipe)
  const meaning = new Meaning(placesOf(recipe.state))
  const says = (s: object): boolean => meaning.test(constraint, { s, chosen: [], event: 0 })
  // The zero state lies within.
  const within = says(plainInterpreter(made).zero.model)
  return model('Constrained', {
    state: made.state,
    ...(made.events && { events: made.events }),
    ...(recipe.initial.length > 0 && { initial: made.initial }),
    actions: made.actions,
    properties: made.properties,
    ...(made.final && { final: made.final }),
    constraint: (s) => says(s) === within,
  })
}

/** A recipe with properties of steps beside. */
export const recipeWithSteps = fc.record({
  recipe,
  steps: fc.array(
    fc.record({ before: condition, after: condition, when: optional(condition, 2), named: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  ),
})

/** The model of such a recipe: each step that begins in one kind of state, or is of one action, ends in another. */
export const modelWithSteps = ({
  recipe,
  steps,
}: typeof recipeWithSteps extends fc.Arbitrary<infer T> ? T : never): Model => {
  const made = modelOf(recipe)
  const meaning = new Meaning(placesOf(recipe.state))
  const says = (test: Condition, s: object): boolean => meaning.test(test, { s, chosen: [], event: 0 })
  return {
    ...made,
    properties: [
      ...made.properties,
      ...steps.map(
        ({ before, after, when, named }, i): OfSteps => ({
          kind: 'step',
          name: `S${i}`,
          holds: (a, b, { name }) => !says(before, a) || says(after, b) || (named && name === 'A0'),
          ...(when && { situation: (a, b) => says(when, b) || says(before, a) }),
        }),
      ),
    ],
  }
}

/** A recipe with actions beside that choose from a set, a queue or a bag of the state, which may depend on who was chosen before. */
export const recipeWithDrawn = fc.record({
  recipe,
  drawing: fc.array(
    fc.record({
      action: actionWith(optional(condition, 2)),
      from: fc.record({ nth: fc.nat({ max: 5 }), who: fc.constantFrom(0, 0, 1, 2) }),
      removes: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

/** The model of such a recipe, or undefined where its state has no collection; `byHand`: written with places and without sources. */
export const modelWithDrawn = (
  { recipe, drawing }: typeof recipeWithDrawn extends fc.Arbitrary<infer T> ? T : never,
  byHand = false,
): Model | undefined => {
  const places = placesOf(recipe.state)
  const collections = [...places.sets, ...places.queues, ...places.bags].filter(
    ({ schema }) => schema.kind === 'set' || schema.capacity > 0,
  )
  if (collections.length === 0) return undefined
  const made = modelOf(recipe)
  const meaning = new Meaning(places)
  const actions = drawing.map(({ action, from, removes }, i): Action => {
    const { schema, path } = nth(collections, from.nth)!
    const base = actionOf(`D${i}`, { ...action, messages: [] }, recipe.state, meaning)
    const { who } = base.choose
    const source = (s: object, chosen: object): unknown => {
      const at = who && from.who === 0 ? who.indexOf((chosen as { who: string }).who) : from.who
      return path.reduce<unknown>(
        (of, step) =>
          (of as Record<string, unknown>)[typeof step === 'string' ? step : step[at % step.length]!],
        s,
      )
    }
    const sceneOf = (choice: object): object => {
      const { drawn: _, ...rest } = choice as { drawn?: unknown }
      return known.find((one) => JSON.stringify(one) === JSON.stringify(rest))!
    }
    const known = choicesOf(base)
    const after = (d: object, choice: { readonly drawn?: unknown }): void => {
      const collection = source(d, choice) as SetDraft<unknown> & BagDraft<object>
      if (!removes) return
      if (schema.kind === 'set') collection.delete(choice.drawn)
      else if (schema.kind === 'bag') collection.remove(choice.drawn as object)
    }
    const guard = (s: object, choice: { readonly drawn?: unknown }): boolean =>
      // What was chosen is read, and the rest of the state.
      (schema.kind === 'set' || part(schema.element, choice.drawn, 0) !== 3) &&
      (base.guard?.(s, sceneOf(choice)) ?? true)
    const effect = (d: object, choice: { readonly drawn?: unknown }, emit: object): void => {
      after(d, choice)
      base.effect(d, sceneOf(choice), emit)
    }
    if (!byHand)
      return {
        name: base.name,
        choose: { ...base.choose, drawn: [] },
        from: { drawn: source },
        guard,
        effect,
      }
    const at = (s: object, choice: object): object | undefined => {
      const { place } = choice as { place: number }
      const { place: _, ...rest } = choice as { place: number }
      if (schema.kind === 'set') {
        const drawn = schema.values[place]
        return (source(s, rest) as SetDraft<unknown>).has(drawn) ? { ...rest, drawn } : undefined
      }
      const channel = source(s, rest) as BagDraft<object>
      const drawn = channel.at(place)
      if (drawn === undefined || (schema.kind === 'bag' && !channel.isFirstCopy(place))) return undefined
      return { ...rest, drawn }
    }
    const size = schema.kind === 'set' ? schema.values.length : schema.capacity
    return {
      name: base.name,
      choose: { ...base.choose, place: Array.from({ length: size }, (_, place) => place) },
      guard: (s, choice) => {
        const chosen = at(s, choice)
        return chosen !== undefined && guard(s, chosen)
      },
      effect: (d, choice, emit) => effect(d, at(d, choice)!, emit),
    }
  })
  // So that there is something to choose.
  const fill = drawing.map(({ from }, i): Action => {
    const { schema, path } = nth(collections, from.nth)!
    return {
      name: `Fill${i}`,
      choose: { n: [0, 1] },
      effect(d, choice) {
        const { n } = choice as { readonly n: number }
        const collection = path.reduce<unknown>(
          (of, step) => (of as Record<string, unknown>)[typeof step === 'string' ? step : step[0]!],
          d,
        ) as SetDraft<unknown> & BagDraft<unknown> & QueueDraft<unknown>
        if (schema.kind === 'set') collection.add(schema.values[n % schema.values.length])
        else if (collection.length < schema.capacity) {
          const message = meaning.message(schema.element, [{ is: 'constant', n }], {
            s: d,
            chosen: [],
            event: 0,
          })
          if (schema.kind === 'queue') collection.push(message)
          else collection.add(message)
        }
      },
    }
  })
  return model('Drawing', {
    ...made,
    actions: [...made.actions, ...actions, ...fill],
  } as ModelBody<RecordOf>)
}

const KINDS = ['Ping', 'Pong'] as const

/** The model of a recipe. */
export const modelOf = (recipe: Recipe): Model => {
  const { state, initial, actions, final, properties, monitors, measures } = recipe
  const meaning = new Meaning(placesOf(state))
  const viewed = (s: object): Scene => ({ s, chosen: [], event: 0 })
  const predicate = (test: Condition) => (s: object) => meaning.test(test, viewed(s))
  const made: Property[] = properties.map(({ kind, holds, when }, i) => {
    const name = `P${i}`
    if (kind === 'sometimes') return { kind, name, holds: predicate(holds) } satisfies Sometimes
    if (kind === 'always')
      return {
        kind,
        name,
        holds: predicate(holds),
        ...(when && { situation: predicate(when) }),
      } satisfies Always
    return {
      kind,
      name,
      holds: predicate(holds),
      ...(when && { whenever: predicate(when) }),
    } satisfies AlwaysPossible
  })
  const depict = () => ({ shape: 'mark', lane: 'all', text: 'event' }) as const
  return model('Random', {
    state,
    events: eventsOf(['all'], { Ping: depict, Pong: depict }),
    ...(initial.length > 0 && { initial: initial.map((a, i) => actionOf(`Init${i}`, a, state, meaning)) }),
    actions: actions.map((a, i) => actionOf(`A${i}`, a, state, meaning)),
    properties: [...made, ...monitors.map(monitorOf), ...measures.map(measureOf)],
    ...(final && { final: predicate(final) }),
  })
}

const actionOf = (name: string, recipe: ActionRecipe, state: RecordOf, meaning: Meaning): Action => {
  const bag = placesOf(state).bags[0]?.schema
  const messages = bag && [
    ...new Set(recipe.messages.map((m) => meaning.message(bag.element, m, { s: {}, chosen: [], event: 0 }))),
  ]
  const choose: Choices = {
    ...(recipe.identities > 0 && { who: IDENTITIES.slice(0, recipe.identities) }),
    ...(recipe.numbers > 0 && { number: Array.from({ length: recipe.numbers }, (_, i) => i + 1) }),
    ...(messages && messages.length > 0 && { message: messages }),
  }
  const chosen = (choice: object) =>
    Object.entries(choose).map(([parameter, domain]) =>
      domain.indexOf((choice as Record<string, unknown>)[parameter]),
    )
  const known = new WeakMap<object, readonly number[]>()
  const sceneOf = (s: object, choice: object): Scene => {
    const { message } = choice as { message?: unknown }
    const numbers = known.get(choice) ?? chosen(choice)
    known.set(choice, numbers)
    return {
      s,
      chosen: numbers,
      ...(message !== undefined && bag && { message: { value: message, schema: bag.element } }),
      event: 0,
    }
  }
  const { guard, effect } = recipe
  return {
    name,
    choose,
    ...(guard && { guard: (s: object, choice: object) => meaning.test(guard, sceneOf(s, choice)) }),
    effect(d, choice, emit) {
      const say = emit as Readonly<Record<string, (event: object) => void>>
      meaning.run(effect, {
        ...sceneOf(d, choice),
        emit: (kind, value) => say[KINDS[kind] ?? 'Ping']!({ value }),
      })
    },
  }
}

const monitorOf = (recipe: ListenerRecipe, i: number): Monitor => ({
  kind: 'monitor',
  name: `M${i}`,
  memory: recipe.memory,
  on: handlersOf(recipe, (judge: Judge) => ({ judge: (say) => judge[say]() })),
})

const measureOf = (recipe: ListenerRecipe, i: number): Measure => ({
  kind: 'measure',
  name: `C${i}`,
  unit: 'events',
  memory: recipe.memory,
  on: handlersOf(recipe, (meter: Meter) => ({ read: (value) => meter.reads(value) })),
})

const handlersOf = <Say>({ memory, on }: ListenerRecipe, saying: (say: Say) => Partial<Scene>) => {
  const meaning = new Meaning(placesOf(memory))
  const handlers = KINDS.flatMap((kind, k) => {
    const statements = on[k]
    if (!statements) return []
    const handler = (s: object, event: object, say: Say): void =>
      meaning.run(statements, { s, chosen: [], event: (event as { value: number }).value, ...saying(say) })
    return [[kind, handler] as const]
  })
  return Object.fromEntries(handlers)
}

/** A model that ends where it may: random ones hardly ever do. */
const numbers = record({ n: range(0, 4) })
export const ending = model('Ending', {
  state: numbers,
  actions: [
    actionsOn<typeof numbers>()('Count', {
      guard: (s) => s.n < 4,
      effect: (d) => {
        d.n++
      },
    }),
  ],
  final: (s) => s.n === 4,
})
