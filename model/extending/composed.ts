/** Several extensions put together for one model: their bounds, their parts, their hooks, and what is wrong with them. */
import type { Emit } from '../../src/modelling/events.ts'
import { ModelFault } from '../../src/modelling/fault.ts'
import { type Constants, membersOf, requestLimit, type Scheme, type Scope, SIDE } from '../constants.ts'
import { givesUp } from '../giving-up.ts'
import { canComeTo, comesTo } from '../renewal.ts'
import { actsOnIke } from '../roles.ts'
import { type ClusterDraft, type ClusterView, childrenOf, FIRST_IKE, ikesOf } from '../state.ts'
import { hasSynchRoom, isDrained } from '../synch/channels.ts'
import { tellExtended, tellOfExchange } from '../synch/telling.ts'
import type { WireEvents } from '../wire.ts'
import type { Bounds, Extension, Setting } from './extension.ts'
import { MEMBER_HOOK, ONE_IS_ENOUGH, PEER_HOOK } from './hooks.ts'
import { hasRoom, send } from './messages.ts'
import type { Parts } from './parts.ts'
import type { Defined, Extensions, Hook, Hooks, PeerSupport, Used } from './used.ts'

const NO_BOUNDS: Required<Bounds> = { messageIds: 0, probes: 0, packetNumbers: 0 }

/** Whether both ends may use an extension. */
export const isNegotiated = ({ negotiation }: Extension, support: PeerSupport): boolean =>
  negotiation === 'members' || support === 'supports'

/** The constants of a model with extensions; with none, a model of its own all the same. */
export const extended = (
  { scheme, scope }: { readonly scheme: Scheme; readonly scope: Scope },
  used: readonly Used[],
  support: PeerSupport,
): Constants => {
  const changed = used.reduce(
    (before, { extension, parameters }) =>
      extension.policies?.(before, { parameters, negotiated: isNegotiated(extension, support) }) ?? before,
    scheme,
  )
  const needed = used.map(({ extension, parameters }) => ({
    ...NO_BOUNDS,
    ...extension.bounds?.({
      scheme: changed,
      scope,
      parameters,
      negotiated: isNegotiated(extension, support),
    }),
  }))
  const sum = (of: keyof Bounds): number => needed.reduce((total, bounds) => total + bounds[of], 0)
  const constants = { scheme: changed, scope } as { -readonly [K in keyof Constants]: Constants[K] }
  let found: { readonly parts: readonly Defined[]; readonly hooks: Hooks } | undefined
  const find = () => {
    found ??= foundFor(constants, used, support)
    return found
  }
  constants.extensions = {
    used,
    support,
    bounds: { messageIds: sum('messageIds'), probes: sum('probes'), packetNumbers: sum('packetNumbers') },
    get parts() {
      return find().parts
    },
    get hooks() {
      return find().hooks
    },
  } satisfies Extensions
  return constants
}

/** What `define` returns, for each extension in its order. */
const foundFor = (constants: Constants, used: readonly Used[], support: PeerSupport) => {
  const parts = used.flatMap(({ extension, parameters }): readonly Defined[] => {
    const negotiated = isNegotiated(extension, support)
    const made = extension.define?.(settingOf(constants, parameters, negotiated))
    if (made === undefined) return []
    checkParts(extension.name, made)
    return [{ name: extension.name, parts: made, negotiated }]
  })
  return { parts, hooks: hooksOfParts(parts) }
}

const settingOf = (constants: Constants, parameters: Used['parameters'], negotiated: boolean): Setting => ({
  constants,
  scheme: constants.scheme,
  scope: constants.scope,
  parameters,
  negotiated,
  members: membersOf(constants),
  ikes: ikesOf(constants),
  children: childrenOf(constants),
  highestId: Math.max(...SIDE.map((side) => requestLimit(constants, side))),
  send: (d, emit, from, kind, message) =>
    send(d as ClusterDraft, emit as Emit<WireEvents>, constants, from, kind, message),
  hasRoom: (s, kind, messages = 1) => hasRoom(s as ClusterView, constants, kind, messages),
  tell: (d, emit, from, ike = FIRST_IKE) =>
    tellExtended(d as ClusterDraft, emit as Emit<WireEvents>, constants, from, ike),
  tellCounters: (d, emit, from, ike) =>
    tellOfExchange(d as ClusterDraft, emit as Emit<WireEvents>, constants, from, ike),
  giveUp: (d, emit, at, ike) => givesUp(d as ClusterDraft, emit as Emit<WireEvents>, constants, at, ike),
  canComeTo: (s, at) => canComeTo(s as ClusterView, constants, at),
  comesTo: (d, emit, at) => comesTo(d as ClusterDraft, emit as Emit<WireEvents>, constants, at),
  mayTell: (s, from) => hasSynchRoom(s as ClusterView, constants, from),
  isDrained: (s, from) => isDrained(s as ClusterView, constants, from),
  acts: (s, at) => actsOnIke(s as ClusterView, at),
})

/** One function for a point that several extensions hook. */
const together = (name: string, hooks: readonly Hook[]): Hook => {
  if (hooks.length === 1) return hooks[0]!
  if (ONE_IS_ENOUGH.includes(name)) return (...given) => hooks.some((hook) => hook(...given))
  if (/^(may|has)[A-Z]/.test(name)) return (...given) => hooks.every((hook) => hook(...given))
  if (name === 'tells') return (...given) => Object.assign({}, ...hooks.map((hook) => hook(...given)))
  return (...given) => {
    for (const hook of hooks) hook(...given)
  }
}

/** The hooks of some parts; of an extension that is not negotiated, the peer has none. */
const hooksOfParts = (all: readonly Defined[]): Hooks => {
  const side = (
    names: readonly string[],
    given: readonly { readonly [hook: string]: Hook }[],
  ): { [hook: string]: Hook } =>
    Object.fromEntries(
      names.flatMap((name) => {
        const hooks = given.flatMap((hooked) => hooked[name] ?? [])
        return hooks.length === 0 ? [] : [[name, together(name, hooks)]]
      }),
    )
  return {
    member: side(
      MEMBER_HOOK,
      all.map(({ parts }) => parts.hooks.member),
    ),
    peer: side(
      PEER_HOOK,
      all.filter(({ negotiated }) => negotiated).map(({ parts }) => parts.hooks.peer),
    ),
  }
}

const known = (names: readonly string[]): string => names.join(', ')

/** Refuses parts that the base model cannot take. */
const checkParts = (name: string, parts: Parts): void => {
  const fail = (problem: string): never => {
    throw new ModelFault({ problem: `Extension '${name}' ${problem}` })
  }
  for (const [side, names, hooks] of [
    ['member', MEMBER_HOOK, parts.hooks.member],
    ['peer', PEER_HOOK, parts.hooks.peer],
  ] as const)
    for (const hook of Object.keys(hooks))
      if (!(names as readonly string[]).includes(hook))
        fail(`hooks '${hook}' of the ${side}, which is no hook. Known: ${known(names)}.`)
  const kinds = Object.keys(parts.messages)
  for (const kind of kinds)
    if (typeof parts.receives[kind] !== 'function')
      fail(`has the message '${kind}' and nothing under receives that handles it.`)
  for (const [what, named] of [
    ['receives', parts.receives],
    ['takes', parts.takes],
    ['answers', parts.answers],
    ['losable', parts.losable],
    ['texts', parts.texts],
  ] as const)
    for (const kind of Object.keys(named))
      if (!kinds.includes(kind))
        fail(`speaks of a message '${kind}' under ${what}. Known: ${known(kinds) || 'none'}.`)
}
