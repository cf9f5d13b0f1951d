/**
 * A little language for the actions, properties, monitors and measures of random models: data, so that fast-check can
 * shrink it. A place is named by a number that counts round the places of its kind; every program is meaningful
 * for every schema, and none writes outside a domain or a channel's capacity.
 */
import fc from 'fast-check'

/** Which place of a kind, and which identity where an `each` is on the way: 0 is the one chosen by the action. */
export interface Ref {
  readonly nth: number
  readonly who: number
}

/** A whole number from 0. Scalars count as their index in their domain; places that do not exist count 0. */
export type Expression =
  | { readonly is: 'constant'; readonly n: number }
  | { readonly is: 'scalar' | 'length' | 'size'; readonly of: Ref }
  | { readonly is: 'chosen'; readonly parameter: number }
  | { readonly is: 'event' }
  | { readonly is: 'part'; readonly of: Ref; readonly index: Expression; readonly field: number }
  | { readonly is: 'count'; readonly of: Ref; readonly message: Message }
  /** Of how many messages, or the first one whose first part is a number: `field` of it. */
  | { readonly is: 'countIf' | 'found'; readonly of: Ref; readonly value: Expression; readonly field: number }
  | { readonly is: 'countOf' | 'firstOf' | 'sumOf'; readonly of: Ref; readonly value: Expression }
  | { readonly is: 'sum'; readonly of: readonly [Expression, Expression] }

/** The fields of a message in turn; a set field takes the bits of its number. */
export type Message = readonly Expression[]

export type Condition =
  | { readonly is: 'less' | 'equal' | 'different'; readonly of: readonly [Expression, Expression] }
  | { readonly is: 'member' | 'firstCopy'; readonly of: Ref; readonly value: Expression }
  | { readonly is: 'holds'; readonly of: Ref; readonly message: Message }
  | { readonly is: 'holdsChosen'; readonly of: Ref }
  | { readonly is: 'some' | 'every'; readonly of: Ref; readonly field: number; readonly value: Expression }
  /** Of the values of a set, by their index. */
  | { readonly is: 'someOf' | 'everyOf'; readonly of: Ref; readonly value: Expression }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'and' | 'or'; readonly of: readonly [Condition, Condition] }

export type Statement =
  | { readonly is: 'assign'; readonly to: Ref; readonly value: Expression }
  /** To the next value of a scalar's domain, round to the first: what makes state spaces large. */
  | { readonly is: 'advance'; readonly to: Ref }
  | { readonly is: 'add' | 'delete'; readonly to: Ref; readonly value: Expression }
  | { readonly is: 'clearSet' | 'clearChannel'; readonly to: Ref }
  /** Into a channel, if there is room. */
  | { readonly is: 'send'; readonly to: Ref; readonly message: Message }
  /** Takes the head, or removes a bag's message at 0, and writes one of its fields to a scalar. */
  | { readonly is: 'receive'; readonly from: Ref; readonly field: number; readonly to: Ref }
  | { readonly is: 'removeAt'; readonly from: Ref; readonly index: Expression }
  /** Goes through a channel and writes the sum of a field to a scalar, until a message has 3 in it. */
  | { readonly is: 'walk'; readonly of: Ref; readonly field: number; readonly to: Ref }
  /** Reads a message, writes a scalar, takes the message out and puts it back. */
  | { readonly is: 'rotate'; readonly in: Ref; readonly index: Expression; readonly to: Ref }
  /** Removes the chosen message from a bag that holds it, or else adds it. */
  | { readonly is: 'toggleChosen'; readonly in: Ref }
  | { readonly is: 'emit'; readonly kind: number; readonly value: Expression }
  | { readonly is: 'judge'; readonly say: 'violated' | 'arose' }
  /** Reads a fraction, which may be negative: `value` less `from`, divided by `by`. */
  | { readonly is: 'read'; readonly value: Expression; readonly from: number; readonly by: number }
  | { readonly is: 'if'; readonly test: Condition; readonly body: readonly Statement[] }

const small = fc.nat({ max: 7 })
const ref: fc.Arbitrary<Ref> = fc.record({ nth: fc.nat({ max: 5 }), who: fc.nat({ max: 3 }) })

const atom: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ is: fc.constant('constant'), n: small }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('scalar'), of: ref }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('chosen'), parameter: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('length', 'size'), of: ref }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('event') }) },
) as fc.Arbitrary<Expression>

const message: fc.Arbitrary<Message> = fc.array(atom, { minLength: 1, maxLength: 3 })

/** A number. */
export const expression: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 6, arbitrary: atom },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('sum'), of: fc.tuple(atom, atom) }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('part'), of: ref, index: atom, field: fc.nat({ max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('count'), of: ref, message }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constantFrom('countOf', 'firstOf', 'sumOf'),
      of: ref,
      value: atom,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constantFrom('countIf', 'found'),
      of: ref,
      value: atom,
      field: fc.nat({ max: 2 }),
    }),
  },
) as fc.Arbitrary<Expression>

const test: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constantFrom('different', 'less', 'equal'),
      of: fc.tuple(expression, expression),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constantFrom('member', 'firstCopy'), of: ref, value: expression }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('holds'), of: ref, message }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('holdsChosen'), of: ref }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constantFrom('someOf', 'everyOf'), of: ref, value: atom }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constantFrom('some', 'every'),
      of: ref,
      field: fc.nat({ max: 2 }),
      value: atom,
    }),
  },
) as fc.Arbitrary<Condition>

/** Most often true. */
const mild: fc.Arbitrary<Condition> = fc.record({
  is: fc.constant('different' as const),
  of: fc.tuple(expression, expression),
})

/** A conjunction whose first parts are most often true, so that it is decided late. */
const late: fc.Arbitrary<Condition> = fc
  .tuple(fc.array(mild, { minLength: 2, maxLength: 4 }), test)
  .map(([parts, last]) =>
    parts.reduceRight<Condition>((rest, part) => ({ is: 'and', of: [part, rest] }), last),
  )

/** A test over a state. */
export const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 5, arbitrary: test },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('not'), of: test }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('and', 'or'), of: fc.tuple(test, test) }) },
  { weight: 1, arbitrary: late },
) as fc.Arbitrary<Condition>

const write: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('assign'), to: ref, value: expression }) },
  { weight: 5, arbitrary: fc.record({ is: fc.constant('advance'), to: ref }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constantFrom('add', 'delete'), to: ref, value: expression }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('clearSet', 'clearChannel'), to: ref }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('send'), to: ref, message }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('receive'), from: ref, field: fc.nat({ max: 3 }), to: ref }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('removeAt'), from: ref, index: expression }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('rotate'), in: ref, index: atom, to: ref }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('toggleChosen'), in: ref }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('walk'), of: ref, field: fc.nat({ max: 2 }), to: ref }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('emit'), kind: fc.nat({ max: 1 }), value: expression }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('judge'), say: fc.constantFrom('arose', 'arose', 'violated') }),
  },
) as fc.Arbitrary<Statement>

const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 5, arbitrary: write },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('if'),
      test: condition,
      body: fc.array(write, { minLength: 1, maxLength: 2 }),
    }),
  },
) as fc.Arbitrary<Statement>

/** A statement that most often changes something. */
const move: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('advance'), to: ref }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('add'), to: ref, value: expression }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('send'), to: ref, message }) },
) as fc.Arbitrary<Statement>

/** The body of an effect: a few statements, or seldom so many that most slots are written. */
export const effect: fc.Arbitrary<readonly Statement[]> = fc
  .tuple(
    move,
    fc.oneof(
      { withCrossShrink: true },
      { weight: 7, arbitrary: fc.array(statement, { maxLength: 3, size: 'max' }) },
      { weight: 1, arbitrary: fc.array(write, { minLength: 8, maxLength: 12 }) },
    ),
  )
  .map(([first, rest]) => [first, ...rest])

const says = (say: 'arose' | 'violated'): fc.Arbitrary<Statement> =>
  fc.record({
    is: fc.constant('if' as const),
    test: condition,
    body: fc.constant([{ is: 'judge' as const, say }]),
  })

/** The body of a monitor's handler, which most often judges. */
export const handler: fc.Arbitrary<readonly Statement[]> = fc
  .tuple(
    fc.oneof(says('arose'), says('violated'), fc.constant<Statement>({ is: 'judge', say: 'arose' })),
    fc.array(statement, { maxLength: 2, size: 'max' }),
    says('violated'),
  )
  .map(([first, rest, last]) => [first, ...rest, last])

const read: fc.Arbitrary<Statement> = fc.record({
  is: fc.constant('read' as const),
  value: expression,
  from: small,
  by: fc.integer({ min: 1, max: 3 }),
})

/** The body of a measure's handler, which most often reads. */
export const meterHandler: fc.Arbitrary<readonly Statement[]> = fc
  .tuple(
    fc.array(statement, { maxLength: 2, size: 'max' }),
    fc.oneof(
      { weight: 1, arbitrary: read },
      {
        weight: 3,
        arbitrary: fc.record({
          is: fc.constant('if' as const),
          test: condition,
          body: fc.array(read, { minLength: 1, maxLength: 2 }),
        }),
      },
    ),
  )
  .map(([first, last]) => [...first, last])

/** A message with constants only, for the domain of a choice. */
export const constantMessage: fc.Arbitrary<Message> = fc.array(
  fc.record({ is: fc.constant('constant' as const), n: small }),
  { minLength: 1, maxLength: 3 },
)
