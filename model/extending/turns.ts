/**
 * The code of an extension as the base model calls it: its hooks, messages and actions, each in its turn (`locality.ts`),
 * with messages that cannot be changed, with an `emit` for its own events only, and with answers that are looked at.
 */
import { quote } from '../../src/modelling/fault.ts'
import type { Fields, RecordOf, Schema } from '../../src/modelling/schema.ts'
import type { Constants } from '../constants/constants.ts'
import type { Member, Party } from '../constants/parties.ts'
import { extensionFault } from '../extension-points/extension-fault.ts'
import type { Parts } from '../extension-points/parts.ts'
import { isAsked } from './hooks.ts'
import { asTurn, instead, seenBy, seenSchema, type Turn } from './locality.ts'

type Code = (...given: readonly unknown[]) => unknown

/** Hooks that are given an IKE message, and those that are given a synch message, third. */
const IKE_MESSAGE = ['mayReceive', 'receives', 'executes', 'answers']
const SYNCH_MESSAGE = ['hears', 'takesNote']

/** Code that is told of something, and may change the state; all other is asked. */
const TOLD = /^the effect of |^what receives |^the hook (?!may[A-Z]|has[A-Z]|is[A-Z]|tells$)/

/** The parts of an extension with all of its code in its turn. */
export const inTurns = (constants: Constants, extension: string, parts: Parts): Parts => {
  const oracles = Object.keys(parts.oracles)
  const fail = (problem: string): never => {
    throw extensionFault(extension, problem)
  }
  /** Turns are few: each is made once. */
  const turns = new Map<string, Turn>()
  const turn = (what: string, party: Turn['party'], shares = false, also?: Member): Turn => {
    const key = `${what} ${party} ${also}`
    let known = turns.get(key)
    if (known === undefined) {
      known = { extension, what, party, shares, oracles, asks: !TOLD.test(what), also }
      turns.set(key, known)
    }
    return known
  }
  const decided = (answer: unknown, what: string): boolean =>
    typeof answer === 'boolean'
      ? answer
      : fail(`answered ${quote(answer)} in ${what}; expected true or false.`)
  const done = (answer: unknown, what: string): void => {
    if (typeof (answer as { then?: unknown } | undefined)?.then === 'function')
      fail(`returned a promise in ${what}; a step is over when what it does returns.`)
  }
  const emits = emitsOf(extension, Object.keys(parts.events))
  const see = (s: unknown): object => seenBy(constants, s as object)
  const ikeMessage = copierOf(() => (seenSchema(constants).fields.network as { element: RecordOf }).element)
  const synchMessage = copierOf(
    () =>
      (
        (seenSchema(constants).fields.synch as unknown as { element: RecordOf }).element.fields.queue as {
          element: RecordOf
        }
      ).element,
  )
  const frozen = (hook: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (IKE_MESSAGE.includes(hook)) return ikeMessage(value)
    return SYNCH_MESSAGE.includes(hook) ? synchMessage(value) : Object.freeze(value)
  }

  const hooked = (name: string, hook: Code, ofPeer: boolean): Code => {
    const what = `the hook ${name}`
    if (name === 'hasSent')
      return (s, packet) =>
        decided(
          asTurn(turn(what, 'P'), () => hook(see(s), Object.freeze(packet))),
          what,
        )
    const party = (at: unknown): Party => (ofPeer ? 'P' : (at as Member))
    if (name === 'tells') {
      const known = Object.keys(parts.state.synch ?? {})
      return (s, from, about) => {
        const told = asTurn(turn(what, party(from)), () => hook(see(s), from, Object.freeze(about)))
        if (typeof told !== 'object' || told === null)
          return fail(`told ${quote(told)} in ${what}; expected an object.`)
        for (const field of Object.keys(told))
          if (!known.includes(field))
            fail(`told '${field}' in ${what}. Known: ${known.join(', ') || 'none'}.`)
        return told
      }
    }
    if (isAsked(name))
      return (s, at, given) =>
        decided(
          asTurn(turn(what, party(at)), () => hook(see(s), at, frozen(name, given))),
          what,
        )
    return (d, at, given, emit) => {
      const also = name === 'returns' ? (given as Member | undefined) : undefined
      // A member that crashes is told of nothing, so its emit comes third.
      const [third, fourth] =
        name === 'crashes' ? [emits(given), undefined] : [frozen(name, given), emit && emits(emit)]
      done(
        asTurn(turn(what, party(at), false, also), () => hook(see(d), at, third, fourth)),
        what,
      )
    }
  }
  const hooksOf = (hooks: { readonly [hook: string]: Code }, ofPeer: boolean) =>
    Object.fromEntries(
      Object.entries(hooks).flatMap(([name, hook]) =>
        hook === undefined ? [] : [[name, hooked(name, hook, ofPeer)]],
      ),
    )

  const each = (
    codes: { readonly [kind: string]: Code },
    make: (kind: string, code: Code) => Code,
  ): { readonly [kind: string]: Code } =>
    Object.fromEntries(
      Object.entries(codes).flatMap(([kind, code]) => (code === undefined ? [] : [[kind, make(kind, code)]])),
    )

  const actions = parts.actions.map((action) => {
    const { name, by, choose, guard, effect } = action
    const [asked, told] = [`the guard of ${name}`, `the effect of ${name}`]
    const choosesAt = Array.isArray((choose as { readonly at?: unknown } | undefined)?.at)
    const partyOf = (choice: object): Turn['party'] => {
      if (by === 'peer') return 'P'
      if (by !== 'member') return undefined
      return choosesAt ? (choice as { readonly at: Member }).at : 'unknown'
    }
    return {
      ...action,
      ...(guard && {
        guard: (s: object, choice: object) =>
          decided(
            asTurn(turn(asked, partyOf(choice), true), () => guard(see(s) as never, choice)),
            asked,
          ),
      }),
      effect: (d: object, choice: object, emit: object) =>
        done(
          asTurn(turn(told, partyOf(choice), true), () => effect(see(d), choice, emits(emit))),
          told,
        ),
    }
  })

  return {
    ...parts,
    hooks: { member: hooksOf(parts.hooks.member, false), peer: hooksOf(parts.hooks.peer, true) },
    takes: each(parts.takes, (kind, takes) => {
      const what = `what takes '${kind}'`
      return (s, at, m) =>
        decided(
          asTurn(turn(what, at as Party), () => takes(see(s), at, Object.freeze(m))),
          what,
        )
    }),
    receives: each(parts.receives, (kind, receives) => {
      const what = `what receives '${kind}'`
      return (d, at, m, emit) =>
        done(
          asTurn(turn(what, at as Party), () => receives(see(d), at, Object.freeze(m), emits(emit))),
          what,
        )
    }),
    losable: each(parts.losable, (kind, losable) => {
      const what = `what says whether '${kind}' is losable`
      return (s, m) =>
        decided(
          asTurn(turn(what, undefined), () => losable(see(s), Object.freeze(m))),
          what,
        )
    }),
    actions,
  }
}

type Emits = { readonly [kind: string]: (event: object) => void }

/** `emit` for the events of one extension: what the base model says of itself is what its properties remember. */
const emitsOf = (extension: string, kinds: readonly string[]) => {
  const known = new WeakMap<object, object>()
  return (emit: unknown): object => {
    const real = emit as Emits
    let own = known.get(real)
    if (own === undefined) {
      const made: { [kind: string]: (event: object) => void } = {}
      for (const kind of Object.keys(real))
        made[kind] = kinds.includes(kind)
          ? (event) => real[kind]!(event)
          : () => {
              throw extensionFault(
                extension,
                `emits '${kind}', which is not an event of its own: by it the properties of others would be told what was not so. Known: ${kinds.join(', ') || 'none'}.`,
              )
            }
      own = instead(Object.freeze(made), real)
      known.set(real, own)
    }
    return own
  }
}

/** Copies the messages of one shape, which cannot be changed then. */
const copierOf = (element: () => RecordOf) => {
  let copy: ((m: object) => object) | undefined
  return (m: object): object => {
    copy ??= copies(element().fields)
    return copy(m)
  }
}

const copies = (fields: Fields): ((m: object) => object) => {
  const parts = Object.entries(fields).map(([name, field]) => ({ name, copy: copyOf(field) }))
  return (m) => {
    const made: { [name: string]: unknown } = {}
    for (const { name, copy } of parts) made[name] = copy((m as { readonly [name: string]: unknown })[name])
    return Object.freeze(made)
  }
}

const copyOf = (field: Schema): ((value: unknown) => unknown) => {
  if (field.kind === 'record') return copies(field.fields) as (value: unknown) => unknown
  if (field.kind === 'set')
    return (value) => {
      const all = field.values.filter((one) => (value as ReadonlySet<unknown>).has(one))
      return Object.freeze({ size: all.length, has: (one: never) => all.includes(one) })
    }
  return (value) => value
}
