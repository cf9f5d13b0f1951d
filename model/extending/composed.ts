/** Several extensions put together for one model: their bounds, their parts, their hooks, and what is wrong with them. */
import type { Emit } from '../../src/modelling/events.ts'
import { ModelFault } from '../../src/modelling/fault.ts'
import { requestLimit } from '../constants/budgets.ts'
import { type Constants, membersOf, type Scheme, type Scope, SIDE } from '../constants.ts'
import { highestSent } from '../esp/state.ts'
import { givesUp } from '../giving-up.ts'
import { canComeTo, comesTo } from '../renewal.ts'
import { actsOnIke } from '../roles.ts'
import { type ClusterDraft, type ClusterView, childrenOf, FIRST_IKE, ikesOf } from '../state.ts'
import { hasSynchRoom, isDrained } from '../synch/channels.ts'
import { tellExtended, tellOfExchange } from '../synch/telling.ts'
import type { WireEvents } from '../wire.ts'
import { checkBounds, checkParts, checkPolicies } from './checked-parts.ts'
import type { Bounds, Extension, Setting } from './extension.ts'
import { extensionFault } from './extension-fault.ts'
import { MEMBER_HOOK, ONE_IS_ENOUGH, PEER_HOOK } from './hooks.ts'
import { hasRoom, send } from './messages.ts'
import type { Parts } from './parts.ts'
import type { Defined, Extensions, Hook, Hooks, PeerSupport, Used } from './used.ts'

const NO_BOUNDS: Required<Bounds> = { messageIds: 0, probes: 0, packetNumbers: 0, sequenceNumbers: 0 }

/** Whether both ends may use an extension. */
export const isNegotiated = ({ negotiation }: Extension, support: PeerSupport): boolean =>
  negotiation === 'members' || support === 'supports'

/** The constants of a model with extensions; with none, a model of its own all the same. */
export const extended = (
  { scheme, scope }: { readonly scheme: Scheme; readonly scope: Scope },
  used: readonly Used[],
  support: PeerSupport,
): Constants => {
  const changed = used.reduce((before, { extension, parameters }) => {
    if (!extension.policies) return before
    const after = extension.policies(before, { parameters, negotiated: isNegotiated(extension, support) })
    checkPolicies(extension.name, before, after)
    return after
  }, scheme)
  const needed = used.map(({ extension, parameters }) => {
    const negotiated = isNegotiated(extension, support)
    const bounds = extension.bounds?.({ scheme: changed, scope, parameters, negotiated }) ?? {}
    checkBounds(extension.name, bounds, Object.keys(NO_BOUNDS))
    return { ...NO_BOUNDS, ...bounds }
  })
  const sum = (of: keyof Bounds): number => needed.reduce((total, bounds) => total + bounds[of], 0)
  const constants = { scheme: changed, scope } as { -readonly [K in keyof Constants]: Constants[K] }
  let found: { readonly parts: readonly Defined[]; readonly hooks: Hooks } | undefined
  const find = () => {
    found ??= foundFor(constants, used, support)
    return found
  }
  constants.extensions = {
    bounds: {
      messageIds: sum('messageIds'),
      probes: sum('probes'),
      packetNumbers: sum('packetNumbers'),
      sequenceNumbers: sum('sequenceNumbers'),
    },
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
    if (!extension.define) return []
    const setting = settingOf(constants, parameters, negotiated)
    const made = defined(extension, setting)
    checkParts(extension.name, made, setting)
    return [{ name: extension.name, parts: made, negotiated }]
  })
  return { parts, hooks: hooksOfParts(parts) }
}

/** What `define` returns; what it throws is a fault of the extension. */
const defined = ({ name, define }: Extension, setting: Setting): Parts => {
  try {
    return define!(setting)
  } catch (thrown) {
    if (thrown instanceof ModelFault) throw thrown
    throw extensionFault(name, `threw in define: ${(thrown as Error)?.message ?? thrown}`)
  }
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
  highestNumber: highestSent(constants),
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
