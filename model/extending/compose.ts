/** Several extensions put together for one model: their bounds, their parts, their hooks, and what is wrong with them. */
import type { Emit } from '../../src/modelling/events.ts'
import { ModelFault, quote } from '../../src/modelling/fault.ts'
import { requestLimit } from '../constants/budgets.ts'
import {
  type Constants,
  type Member,
  membersOf,
  type Scheme,
  type Scope,
  SIDE,
} from '../constants/constants.ts'
import { givesUp } from '../ends/giving-up.ts'
import { canComeTo, comesTo } from '../ends/renewal.ts'
import { extensionFault } from '../extension-points/extension-fault.ts'
import type { Defined, Extensions, Hook, Hooks } from '../extension-points/extensions.ts'
import { actsOnIke } from '../gateway/roles.ts'
import { type ClusterDraft, type ClusterView, childrenOf, FIRST_IKE, ikesOf } from '../state/cluster-state.ts'
import { highestSent } from '../state/esp-counters.ts'
import { hasSynchRoom, isDrained } from '../synch/channels.ts'
import { tellExtended, tellOfExchange } from '../synch/telling.ts'
import type { WireEvents } from '../wire/pictures.ts'
import { checkBounds, checkChildren, checkParts } from './checked-parts.ts'
import { checkPolicies } from './checked-policies.ts'
import type { Bounds, Extension, Given, Setting } from './extension.ts'
import { frozen, frozenCopy } from './frozen.ts'
import { isAsked, MEMBER_HOOK, ONE_IS_ENOUGH, PEER_HOOK } from './hooks.ts'
import { asEnd, behind, onBehalf } from './locality.ts'
import { renewable } from './made-anew.ts'
import { hasRoom, send } from './messages.ts'
import type { Parts } from './parts.ts'
import { abandon, skipIds } from './stepping.ts'
import { inTurns } from './turns.ts'
import type { PeerSupport, Used } from './used-extension.ts'

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
    const negotiated = isNegotiated(extension, support)
    const after = saying(extension, 'policies', () => extension.policies!(before, { parameters, negotiated }))
    checkPolicies(extension.name, after)
    return frozenCopy(after)
  }, frozenCopy(scheme))
  const bounded = frozenCopy(scope)
  const givenTo = ({ extension, parameters, slack = 0 }: Used): Given => {
    const negotiated = isNegotiated(extension, support)
    return frozen({ scheme: changed, scope: bounded, parameters, negotiated, slack })
  }
  const needed = used.map((one) => {
    const { extension, slack = 0 } = one
    const given = givenTo(one)
    const bounds = extension.bounds ? saying(extension, 'bounds', () => extension.bounds!(given)) : {}
    checkBounds(extension.name, bounds, Object.keys(NO_BOUNDS))
    const raised = Object.entries(bounds).map(([key, bound]) => [key, bound > 0 ? bound + slack : 0])
    return { ...NO_BOUNDS, ...Object.fromEntries(raised) }
  })
  const children = used.flatMap((one) => {
    const { extension } = one
    if (!extension.children) return []
    const given = givenTo(one)
    const made = saying(extension, 'children', () => extension.children!(given))
    checkChildren(extension.name, made)
    return made
  })
  const sum = (of: keyof Bounds): number => needed.reduce((total, bounds) => total + bounds[of], 0)
  const constants = { scheme: changed, scope: bounded } as { -readonly [K in keyof Constants]: Constants[K] }
  let found: ReturnType<typeof foundFor> | undefined
  const find = () => {
    found ??= foundFor(constants, used, support)
    return found
  }
  constants.extensions = {
    children: Object.freeze(children),
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
    afresh: (run, closure) => find().afresh(run, closure),
  } satisfies Extensions
  return Object.freeze(constants)
}

/** What `define` returns, for each extension in its order. */
const foundFor = (constants: Constants, used: readonly Used[], support: PeerSupport) => {
  let closure = 0
  const made = used.flatMap(({ extension, parameters, slack = 0, copies = [extension] }) => {
    const negotiated = isNegotiated(extension, support)
    if (!extension.define) return []
    const setting = settingOf(constants, parameters, negotiated, slack)
    const define = (one: Extension): Parts => saying(one, 'define', () => one.define!(setting))
    const first = define(extension)
    checkParts(extension.name, first, setting)
    const { parts, afresh } = renewable(extension.name, first, () => define(copies[closure % copies.length]!))
    const roomy = slack === 0 ? parts : { ...parts, messages: withRoom(parts.messages, slack) }
    const defined: Defined = {
      name: extension.name,
      parts: inTurns(constants, extension.name, roomy),
      negotiated,
    }
    return [{ defined, afresh }]
  })
  const parts = made.map(({ defined }) => defined)
  return {
    parts,
    hooks: hooksOfParts(parts),
    afresh: <T>(run: () => T, of: number): T => {
      closure = of
      return made.reduce(
        (inner: () => T, { afresh }) =>
          () =>
            afresh(inner),
        run,
      )()
    },
  }
}

/** What a function of an extension returns; what it throws is a fault of the extension. */
const saying = <T>({ name }: Extension, what: string, made: () => T): T => {
  try {
    return made()
  } catch (thrown) {
    if (thrown instanceof ModelFault) throw thrown
    const text = thrown instanceof Error ? thrown.message : quote(thrown)
    const changes = /read.only|not extensible|Cannot (add|delete|define|assign)/i.test(text)
    throw extensionFault(
      name,
      `${changes ? `changes in ${what} what it was given` : `threw in ${what}`}: ${text.replace(/\.$/, '')}.`,
    )
  }
}

/** The draft and the emit behind those that an extension was given. */
const real = (d: object, emit: object): readonly [ClusterDraft, Emit<WireEvents>] => [
  behind(d) as ClusterDraft,
  behind(emit) as Emit<WireEvents>,
]

/** Messages of which more can be under way at one time. */
const withRoom = (messages: Parts['messages'], slack: number): Parts['messages'] =>
  Object.fromEntries(
    Object.entries(messages).map(([kind, message]) => [
      kind,
      { ...message, capacity: message.capacity > 0 ? message.capacity + slack : 0 },
    ]),
  )

const settingOf = (
  constants: Constants,
  parameters: Used['parameters'],
  negotiated: boolean,
  slack: number,
): Setting => {
  const role = (at: Member): void => {
    onBehalf(constants, 'read', 'member', at, 'up')
    onBehalf(constants, 'read', 'member', at, 'onIke')
  }
  const channel = (from: Member): void => onBehalf(constants, 'read', 'member', from, 'up')
  return frozen({
    constants,
    scheme: constants.scheme,
    scope: constants.scope,
    parameters,
    negotiated,
    slack,
    members: [...membersOf(constants)],
    ikes: [...ikesOf(constants)],
    children: [...childrenOf(constants)],
    highestId: Math.max(...SIDE.map((side) => requestLimit(constants, side))),
    highestNumber: highestSent(constants),
    send: (d, emit, from, kind, message, to) => send(...real(d, emit), constants, from, kind, message, to),
    hasRoom: (s, kind, messages = 1) => hasRoom(behind(s) as ClusterView, constants, kind, messages),
    tell: (d, emit, from, ike = FIRST_IKE) => {
      asEnd(constants, from)
      tellExtended(...real(d, emit), constants, from, ike)
    },
    tellCounters: (d, emit, from, ike) => {
      asEnd(constants, from)
      tellOfExchange(...real(d, emit), constants, from, ike)
    },
    giveUp: (d, emit, at, ike) => {
      asEnd(constants, at)
      givesUp(...real(d, emit), constants, at, ike)
    },
    abandon: (d, at, ike) => {
      asEnd(constants, at)
      abandon(behind(d) as ClusterDraft, at, ike)
    },
    skipIds: (d, emit, at, ike, initiator, to) => {
      asEnd(constants, at)
      const [draft, wire] = real(d, emit)
      skipIds(draft, wire, { at, ike, initiator, to })
    },
    moveGateway: (d, emit, address) => {
      onBehalf(constants, 'write', 'gateway', 'address')
      const [draft, wire] = real(d, emit)
      draft.gateway.address = address
      wire.gatewayMoved({ address, packets: address })
    },
    canComeTo: (s, at) => canComeTo(behind(s) as ClusterView, constants, at),
    comesTo: (d, emit, at) => {
      asEnd(constants, 'P')
      comesTo(...real(d, emit), constants, at)
    },
    mayTell: (s, from) => {
      channel(from)
      return hasSynchRoom(behind(s) as ClusterView, constants, from)
    },
    isDrained: (s, from) => {
      channel(from)
      return isDrained(behind(s) as ClusterView, constants, from)
    },
    acts: (s, at) => {
      role(at)
      return actsOnIke(behind(s) as ClusterView, at)
    },
  } satisfies Setting)
}

/** One function for a point that several extensions hook. */
const together = (name: string, hooks: readonly Hook[]): Hook => {
  if (hooks.length === 1) return hooks[0]!
  if (ONE_IS_ENOUGH.includes(name)) return (...given) => hooks.some((hook) => hook(...given))
  if (isAsked(name)) return (...given) => hooks.every((hook) => hook(...given))
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
