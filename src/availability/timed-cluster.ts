/**
 * The model of a scheme as a chain needs it: the actions of the search, with other edges. A message is consumed when it is
 * delivered, and one that nobody takes is dropped; retransmissions follow their schedule; an IKE SA that was given up is
 * set up anew; a cluster without a member left comes back. Nothing ends: budgets are given back (`renumber.ts`).
 */

import { cluster } from '../../model/cluster.ts'
import {
  type Constants,
  type Member,
  membersOf,
  othersOf,
  type Scheme,
} from '../../model/constants/constants.ts'
import { DELIVERIES } from '../../model/ends/deliveries.ts'
import { actsOnEsp, actsOnIke } from '../../model/gateway/roles.ts'
import { establish, forget } from '../../model/ike/exchanges.ts'
import { isBusy, isWaiting } from '../../model/ike/message-ids.ts'
import { nothing } from '../../model/schemes/policies.ts'
import {
  type ClusterSchema,
  type ClusterView,
  FIRST_CHILD,
  FIRST_IKE,
  type IkeMessage,
  ikesOf,
} from '../../model/state/cluster-state.ts'
import { quiet } from '../../properties/focuses/focus.ts'
import { type Action, choicesOf } from '../modelling/action.ts'
import type { Draft, View } from '../modelling/draft.ts'
import { type Model, model } from '../modelling/model.ts'
import { repeatedly } from '../modelling/property.ts'
import { type Each, type QueueOf, type RecordOf, range, record } from '../modelling/schema.ts'
import { baseOf, DIFFERENCES, type Differences, renumbering, silence } from './renumber.ts'
import { assign, plainOf } from './whole-records.ts'

/** How a chain is built. */
export interface ChainPlan {
  readonly scheme: Scheme
  readonly members: 2 | 3
  /** Waits before an IKE SA is given up: one more than retransmissions. */
  readonly waits: number
  /** Stages of the Erlang distributions that stand for fixed durations: of the detection, and of each wait. */
  readonly stages: { readonly detection: number; readonly waits: number }
  readonly clusterStarts: boolean
  readonly differences: Differences
  /** Synch messages in flight from one member to another; what would take one more waits, or is not taken. */
  readonly synch: number
}

/** What the plan of a scheme is where nothing else is asked for. */
export const planOf = (scheme: Scheme, other: Partial<ChainPlan> = {}): ChainPlan => ({
  scheme,
  members: 2,
  waits: 6,
  stages: { detection: 3, waits: 1 },
  clusterStarts: true,
  differences: DIFFERENCES,
  synch: 1,
  ...other,
})

/** Why no chain is built for a scheme, or undefined: what the chain leaves out must not matter to it. */
export const unsuitable = ({
  ikeBy,
  addressing,
  redirects,
  requestIds,
  cluster: isCluster,
  peer,
}: Scheme): string | undefined => {
  if (ikeBy !== 'one') return 'its members share the IKE SA, and the chain has one acting member'
  if (addressing !== 'cluster') return 'its addresses differ, and the chain has one address'
  if (redirects) return 'it redirects its peer, and the chain has no redirect'
  if (requestIds !== 'checked')
    return 'its gateway does not look at message IDs, so that their differences do not suffice'
  if (peer.futureIds !== 'dropped')
    return 'its peer executes requests beyond the window, so that their differences do not suffice'
  if (peer.repeats !== 'byId')
    return 'its peer compares the bytes of requests, which the chain does not tell apart'
  if (peer.hints !== 'ignored') return 'its peer believes hints, and the chain has none'
  if (!isCluster) return 'it is a single gateway, which has nobody to fail over to'
  return undefined
}

/** What is looked at in each state; the order is that of the bits. */
export const LABELS = ['traffic', 'sas', 'acting', 'settled', 'whole', 'dark', 'lost'] as const
export type Label = (typeof LABELS)[number]

/** Kinds of steps by what decides their rate. */
export type StepKind =
  | { readonly kind: 'asks'; readonly side: 'cluster' | 'peer' }
  | {
      readonly kind:
        | 'delivered'
        | 'lost'
        | 'released'
        | 'synch'
        | 'synchLost'
        | 'crash'
        | 'return'
        | 'powerUp'
        | 'setUp'
    }
  | {
      readonly kind: 'wait'
      readonly side: 'cluster' | 'peer'
      readonly wait: number
      readonly ends: 'stage' | 'retransmits' | 'givesUp'
    }
  | { readonly kind: 'detection'; readonly ends: 'stage' | 'takesOver' }

/** The bounds: nothing of them is ever used up, but capacities bound what can be under way at one time. */
const scopeOf = ({ members, waits, synch }: ChainPlan): Constants['scope'] => ({
  ...quiet,
  members,
  probes: { cluster: true, peer: true },
  // Message IDs and numbers of requests have room by what a scope with so many crashes would need.
  crashes: 4,
  returns: 1,
  synchLosses: 1,
  retransmissions: waits - 1,
  network: 5,
  synch,
})

const NUMBERS = 8

type TimedSchema = ReturnType<typeof timedSchema>
const timedSchema = (state: ClusterSchema, { stages }: ChainPlan) =>
  record({
    world: state,
    clock: record({
      /** Stages passed: of the detection, and of the wait of each side. */
      detection: range(0, stages.detection - 1),
      cluster: range(0, stages.waits - 1),
      peer: range(0, stages.waits - 1),
      /** 1: no member is up. */
      dark: range(0, 1),
      /** 1: the acting member gave the IKE SA up, and sets up a new one. */
      starts: range(0, 1),
    }),
  })

/** The schema of what members tell each other. */
const messageIn = (state: ClusterSchema): RecordOf =>
  ((state.fields.synch as Each).element as RecordOf<{ readonly queue: QueueOf }>).fields.queue
    .element as RecordOf

const SIDES = ['cluster', 'peer'] as const
type Sided = (typeof SIDES)[number]

/** The model, and what decides the rate of each of its instances, in their order. */
export interface TimedCluster {
  readonly model: Model
  readonly steps: readonly StepKind[]
  /** Instances by which an exchange of a side is completed. */
  readonly completes: readonly (Sided | undefined)[]
}

/** Builds it. */
export const timedCluster = (name: string, plan: ChainPlan): TimedCluster => {
  const { stages, clusterStarts, differences } = plan
  const constants: Constants = { scheme: { ...plan.scheme, esp: nothing.esp }, scope: scopeOf(plan) }
  const members = membersOf(constants)
  const ikes = ikesOf(constants)
  const base = cluster(name, constants, [])
  const most = baseOf(differences) + differences.ahead + 2
  if (most > NUMBERS) throw new RangeError(`${most} numbers are needed and ${NUMBERS} are there`)

  type D = Draft<TimedSchema>
  type V = View<TimedSchema>

  const memberSchema = ((base.state as ClusterSchema).fields.member as Each).element
  /** Names of members mean nothing: where nothing is under way between them, the one that acts is called the first. */
  const actsFirst = (d: D['world']): void => {
    const acting = members.find((m) => actsOnIke(d, m))
    const [first] = members
    if (acting === undefined || acting === first) return
    if (members.some((from) => othersOf(constants, from).some((to) => d.synch[from + to]!.queue.length > 0)))
      return
    const one = plainOf(memberSchema, d.member[first!])
    const other = plainOf(memberSchema, d.member[acting])
    assign(memberSchema, d.member[first!], other)
    assign(memberSchema, d.member[acting], one)
  }

  const renumber = renumbering(constants, differences, messageIn(base.state as ClusterSchema))

  /** What nobody takes is dropped at once: who does not take it when it is sent would not when it arrives, but for a takeover just then. */
  const dropUnheard = (d: D): void => {
    const { network } = d.world
    for (let slot = network.length - 1; slot >= 0; slot--) {
      const m = network.at(slot)!
      if (!isHeard(d as V, slot) || !isWaitedFor(d.world, m)) network.remove(m)
    }
  }

  /** Whether the sender of a request waits for its answer: otherwise a late copy of it leads to an answer that nobody takes. */
  const isWaitedFor = (s: ClusterView, { type, initiator, messageId }: IkeMessage): boolean => {
    if (type === 'response') return true
    const end = initiator === 'peer' ? s.peer : members.map((m) => s.member[m]).find((m) => m.up && m.onIke)
    const sa = end?.ike[FIRST_IKE]
    return sa?.sa === true && isWaiting(sa) && sa.nextSend === messageId + 1
  }

  /** After every step. */
  const settle = (d: D): void => {
    dropUnheard(d)
    renumber(d.world)
    if (d.clock.cluster > 0 && !members.some((m) => isAskingHere(d.world, m))) d.clock.cluster = 0
    if (d.clock.peer > 0 && !isWaiting(d.world.peer.ike[FIRST_IKE]!)) d.clock.peer = 0
    if (d.clock.detection > 0 && members.some((m) => actsOnIke(d.world, m))) d.clock.detection = 0
  }

  const isAskingHere = (s: ClusterView, m: Member): boolean =>
    actsOnIke(s, m) && isWaiting(s.member[m].ike[FIRST_IKE]!)

  const steps: StepKind[] = []
  const completes: (Sided | undefined)[] = []
  const actions: Action[] = []

  /** An action over the whole state. */
  const add = (
    name: string,
    choose: Action['choose'],
    guard: (s: V, choice: never) => boolean,
    effect: (d: D, choice: never, emit: object) => void,
    kind: (choice: never) => StepKind,
    completed?: Sided,
  ): void => {
    const made: Action = {
      name,
      choose,
      guard: guard as unknown as Action['guard'] & {},
      effect(d, choice, emit) {
        effect(d as D, choice as never, emit)
        settle(d as D)
      },
    }
    actions.push(made)
    for (const choice of choicesOf(made)) {
      steps.push(kind(choice as never))
      completes.push(completed)
    }
  }

  /** An action of the search, in the state of the chain. */
  const inner = ({ guard, effect }: Action) => ({
    guard: (s: V, choice: object): boolean => (guard ? guard(s.world, choice) : true),
    effect: (d: D, choice: object, emit: object): void => effect(d.world, choice, emit),
  })

  const deliveries = base.actions.filter((action) => DELIVERIES.includes(action.name))
  const takers = deliveries.flatMap((action) =>
    choicesOf(action).map((choice) => ({ action, choice: choice as { readonly m: number } })),
  )
  const isHeard = (s: V, place: number): boolean =>
    takers.some(({ action, choice }) => choice.m === place && action.guard!(s.world, choice))

  const lastStage = (s: V, timer: 'detection' | Sided): boolean =>
    s.clock[timer] === (timer === 'detection' ? stages.detection : stages.waits) - 1

  const waitOf = (s: ClusterView, side: Sided): number | undefined => {
    const end = side === 'peer' ? s.peer : members.map((m) => s.member[m]).find((m) => m.up && m.onIke)
    const sa = end?.ike[FIRST_IKE]
    if (!sa?.sa) return undefined
    const { exchange, held, retransmitted } = sa.requests.even
    return exchange === 'none' || held > 0 ? undefined : retransmitted
  }
  const waits = Array.from({ length: plan.waits }, (_, i) => i)

  for (const action of base.actions) {
    const { guard, effect } = inner(action)
    const { name, choose } = action
    const side: Sided = name.startsWith('Peer') ? 'peer' : 'cluster'
    if (DELIVERIES.includes(name))
      add(
        name,
        choose,
        guard,
        (d, choice: { readonly m: number }, emit) => {
          const { type, ike, initiator, messageId, address, exchange, task, child, by, result } =
            d.world.network.at(choice.m)!
          const taken = { type, ike, initiator, messageId, address, exchange, task, child, by, result }
          effect(d, choice, emit)
          d.world.network.remove(taken)
        },
        () => ({ kind: 'delivered' }),
        name === 'ClusterReceivesAnswer' ? 'cluster' : name === 'PeerReceivesAnswer' ? 'peer' : undefined,
      )
    else
      switch (name) {
        case 'ClusterAsks':
        case 'PeerAsks':
          add(
            name,
            choose,
            (s, choice) => hasNumbers(s.world, side) && guard(s, choice),
            effect,
            () => ({ kind: 'asks', side }),
          )
          break
        case 'ClusterRetransmits':
        case 'PeerRetransmits':
          if (plan.waits === 1) break
          add(
            name,
            { ...choose, wait: waits.slice(0, -1) },
            (s, choice: { readonly wait: number }) =>
              waitOf(s.world, side) === choice.wait && lastStage(s, side) && guard(s, choice),
            (d, choice, emit) => {
              d.clock[side] = 0
              effect(d, choice, emit)
            },
            ({ wait }: { readonly wait: number }) => ({ kind: 'wait', side, wait, ends: 'retransmits' }),
          )
          break
        case 'ClusterGivesUp':
        case 'PeerGivesUp':
          add(
            name,
            choose,
            (s, choice) => lastStage(s, side) && guard(s, choice),
            (d, choice, emit) => {
              if (side === 'cluster' && clusterStarts) d.clock.starts = 1
              effect(d, choice, emit)
            },
            () => ({ kind: 'wait', side, wait: plan.waits - 1, ends: 'givesUp' }),
          )
          break
        case 'TakesOver':
          add(
            name,
            choose,
            (s, choice) => lastStage(s, 'detection') && guard(s, choice),
            effect,
            () => ({
              kind: 'detection',
              ends: 'takesOver',
            }),
          )
          break
        case 'ClusterReleasesRequest':
        case 'ClusterReleasesAnswer':
          add(name, choose, guard, effect, () => ({ kind: 'released' }))
          break
        case 'ReceivesSynch':
          add(name, choose, guard, effect, () => ({ kind: 'synch' }))
          break
        case 'SynchChannelLoses':
          add(name, choose, guard, effect, () => ({ kind: 'synchLost' }))
          break
        case 'NetworkLoses':
          add(name, choose, guard, effect, () => ({ kind: 'lost' }))
          break
        case 'Crashes':
          add(
            name,
            choose,
            guard,
            (d, choice: { readonly of: Member }, emit) => {
              if (actsOnIke(d.world, choice.of)) d.clock.starts = 0
              effect(d, choice, emit)
            },
            () => ({ kind: 'crash' }),
          )
          break
        case 'Returns':
          add(
            name,
            choose,
            guard,
            (d, choice, emit) => {
              effect(d, choice, emit)
              actsFirst(d.world)
            },
            () => ({ kind: 'return' }),
          )
          break
        default:
          throw new RangeError(`${name} has no rate`)
      }
  }

  /** Room for one more number before the next renumbering. */
  const hasNumbers = (s: ClusterView, side: Sided): boolean => {
    const k = FIRST_IKE
    return side === 'peer'
      ? s.peer.ike[k]!.nextSend < NUMBERS
      : members.every((m) => s.member[m].ike[k]!.nextSend < NUMBERS)
  }

  if (stages.waits > 1)
    add(
      'WaitGoesOn',
      { side: SIDES, wait: waits },
      (s, { side, wait }: { readonly side: Sided; readonly wait: number }) =>
        waitOf(s.world, side) === wait && !lastStage(s, side),
      (d, { side }: { readonly side: Sided }) => {
        d.clock[side] += 1
      },
      ({ side, wait }: { readonly side: Sided; readonly wait: number }) => ({
        kind: 'wait',
        side,
        wait,
        ends: 'stage',
      }),
    )

  if (stages.detection > 1 && constants.scheme.cluster)
    add(
      'DetectionGoesOn',
      {},
      (s) => s.clock.dark === 0 && !members.some((m) => actsOnIke(s.world, m)) && !lastStage(s, 'detection'),
      (d) => {
        d.clock.detection += 1
      },
      () => ({ kind: 'detection', ends: 'stage' }),
    )

  /** The last member goes down too: what it and the peer had is lost before it comes back. */
  add(
    'LastCrashes',
    { of: members },
    (s, { of }: { readonly of: Member }) =>
      s.world.member[of].up && othersOf(constants, of).every((m) => !s.world.member[m].up),
    (d, { of }: { readonly of: Member }) => {
      const me = d.world.member[of]
      me.up = false
      me.onIke = false
      me.onEsp = false
      forget(me, ikes)
      forget(d.world.peer, ikes)
      silence(d.world, constants)
      d.world.gaveUp = true
      d.clock.dark = 1
      d.clock.starts = 0
      d.clock.detection = 0
    },
    () => ({ kind: 'crash' }),
  )

  add(
    'PowersUp',
    {},
    (s) => s.clock.dark === 1,
    (d) => {
      const me = d.world.member[members[0]!]
      me.up = true
      me.onIke = true
      me.onEsp = true
      d.clock.dark = 0
    },
    () => ({ kind: 'powerUp' }),
  )

  /** A new IKE SA, by the peer that has none or the member that gave its own up. */
  add(
    'SetsUp',
    {},
    (s) =>
      members.some((m) => actsOnIke(s.world, m)) &&
      (!s.world.peer.ike[FIRST_IKE]!.sa || s.clock.starts === 1),
    (d) => {
      const { world } = d
      silence(world, constants)
      world.gaveUp = false
      d.clock.starts = 0
      forget(world.peer, ikes)
      establish(world.peer)
      for (const m of members) {
        const me = world.member[m]
        forget(me, ikes)
        if (me.up && (actsOnIke(world, m) || constants.scheme.synchSas)) establish(me)
      }
    },
    () => ({ kind: 'setUp' }),
  )

  const initial = base.initial.map((action): Action => {
    const { guard, effect } = inner(action)
    return {
      name: action.name,
      choose: action.choose,
      guard: guard as unknown as Action['guard'] & {},
      effect(d, choice, emit) {
        effect(d as D, choice, emit)
        settle(d as D)
      },
    }
  })

  const labels: { readonly [label in Label]: (s: V) => boolean } = {
    traffic: ({ world }) =>
      world.peer.ike[FIRST_IKE]!.sa &&
      world.peer.children.has(FIRST_CHILD) &&
      members.some((m) => {
        const me = world.member[m]
        return actsOnEsp(world, m) && me.ike[FIRST_IKE]!.sa && me.children.has(FIRST_CHILD)
      }),
    sas: ({ world }) =>
      world.peer.ike[FIRST_IKE]!.sa &&
      members.some((m) => actsOnIke(world, m) && world.member[m].ike[FIRST_IKE]!.sa),
    acting: ({ world }) => members.some((m) => actsOnIke(world, m)),
    settled: ({ world }) => isSettled(world),
    whole: ({ world }) => members.every((m) => world.member[m].up),
    dark: ({ clock }) => clock.dark === 1,
    lost: ({ world, clock }) => !world.peer.ike[FIRST_IKE]!.sa || clock.starts === 1,
  }

  /** Nothing is under way and the counters of the acting member and the peer agree. */
  const isSettled = (s: ClusterView): boolean => {
    if (s.network.length > 0 || isBusy(s.peer, ikes)) return false
    const me = members.map((m) => s.member[m]).find((m) => m.up && m.onIke)
    if (!me || isBusy(me, ikes)) return false
    const [mine, theirs] = [me.ike[FIRST_IKE]!, s.peer.ike[FIRST_IKE]!]
    return mine.sa && theirs.sa && mine.nextSend === theirs.expects && mine.expects === theirs.nextSend
  }

  return {
    model: model(name, {
      state: timedSchema(base.state as ClusterSchema, plan),
      ...(base.events && { events: base.events }),
      initial,
      actions,
      properties: LABELS.map((label) =>
        repeatedly<TimedSchema>(`Label${label[0]!.toUpperCase()}${label.slice(1)}`, { holds: labels[label] }),
      ),
    }),
    steps,
    completes,
  }
}
