/** What the properties over states say of a trace that violates them: what the two ends hold when it is too late. */
import { requestLimit, startsOf } from '../../model/constants/budgets.ts'
import { type Constants, membersOf, SIDE, type Side } from '../../model/constants/constants.ts'
import type { Party } from '../../model/constants/parties.ts'
import { partsOf } from '../../model/extension-points/extensions.ts'
import { actsOnIke } from '../../model/gateway/roles.ts'
import {
  type ClusterView,
  type EndView,
  type IkeMessage,
  type IkeView,
  PLACE,
} from '../../model/state/cluster-state.ts'
import { type Sentence, said } from '../../src/modelling/explanation.ts'
import type { ClusterStory } from './words.ts'

/** The latest event by which another member came or has to come to act. */
const latestFault = (story: ClusterStory): Sentence | undefined => {
  const faults = [
    story.latest('crashed'),
    story.latest('tookOver'),
    story.latest('handedOver'),
    story.latest('split'),
    story.latest('gaveUp'),
  ].flatMap((e) => e ?? [])
  const latest = faults.sort((a, b) => a.step - b.step || a.index - b.index).at(-1)
  switch (latest?.kind) {
    case 'crashed':
      return said`member ${latest.event.member} crashed at ${latest}`
    case 'tookOver':
      return said`member ${latest.event.member} took over at ${latest}`
    case 'handedOver':
      return said`member ${latest.event.member} handed over to ${latest.event.to} at ${latest}`
    case 'split':
      return said`the synch channel was cut at ${latest}`
    case 'gaveUp':
      return said`${latest.event.party === 'P' ? 'the peer' : `member ${latest.event.party}`} gave up at ${latest}`
    default:
      return undefined
  }
}

const inUse = ({ ike, current }: EndView): IkeView => ike[current]!

/** The message ID of the oldest request that an end has not seen answered. */
const unanswered = ({ requests, nextSend }: IkeView): number | undefined => {
  const open = PLACE.filter((place) => requests[place].exchange !== 'none').length
  return open === 0 ? undefined : nextSend - open
}

/** What an end that asks would send next. */
const asks = (name: string, end: EndView): string => {
  const ike = inUse(end)
  if (!ike.sa) return `${name} has no IKE SA`
  const waiting = unanswered(ike)
  return waiting === undefined
    ? `${name} sends request ${ike.nextSend} next`
    : `${name} waits for the answer to request ${waiting}`
}

/** What an end that answers expects, and whether it could answer what the other end waits for. */
const expects = (name: string, end: EndView, asker: EndView): string => {
  const ike = inUse(end)
  if (!ike.sa) return `${name} has no IKE SA`
  const waiting = unanswered(inUse(asker))
  const kept = PLACE.some((place) => ike.answers[place].exchange !== 'none')
  const lacks = waiting !== undefined && waiting < ike.expects && !kept ? ' and has not that answer' : ''
  return `${name} expects request ${ike.expects}${lacks}`
}

/** What both ends hold about the exchanges that one side starts. */
const endsText = (s: ClusterView, constants: Constants, side: Side): string => {
  const members = membersOf(constants)
  const up = members.filter((m) => s.member[m].up)
  const acting = members.filter((m) => actsOnIke(s, m))
  const texts = up.map((m) =>
    side === 'cluster' ? asks(`member ${m}`, s.member[m]) : expects(`member ${m}`, s.member[m], s.peer),
  )
  const askers = acting.length > 0 ? acting : up
  const peer =
    side === 'peer'
      ? asks('the peer', s.peer)
      : expects('the peer', s.peer, s.member[askers[0] ?? members[0]!])
  const nobody = acting.length === 0 && up.length === members.length ? ['no member acts on the IKE SA'] : []
  return [peer, ...texts, ...nobody].join(', ')
}

/** From when on something is so, and what had happened: `Since member A crashed at step 7,`. */
const since = (story: ClusterStory): Sentence => {
  const fault = latestFault(story)
  if (!fault) return story.end === 0 ? said`From the start` : said`After step ${story.end}`
  return fault.events[0]!.step === story.end
    ? said`Since ${fault},`
    : said`After step ${story.end} (${fault})`
}

/** Where addresses decide, not counters. */
const strictness = ({ scheme }: Constants): string =>
  scheme.peer.addresses === 'strict' ? '; the peer takes nothing from another address than it knows' : ''

/** A liveness check that an end would ask next. */
const nextCheck = (s: ClusterView, end: EndView, side: Side): IkeMessage => ({
  type: 'request',
  ike: end.current,
  initiator: side,
  messageId: inUse(end).nextSend,
  address: s.gateway.address,
  exchange: 'liveness',
  task: 1,
  child: 'none',
  by: 'none',
  result: 'done',
})

/** What extensions forbid in a state: the hooks that say no to a liveness check of a side, to its repetition, or to taking it. */
const forbidden = (s: ClusterView, constants: Constants, side: Side): readonly string[] => {
  // Where nobody acts, those that can come to act: a hook may forbid it to them for good.
  const acting = membersOf(constants).filter((m) => actsOnIke(s, m))
  const able = acting.length > 0 ? acting : membersOf(constants).filter((m) => s.member[m].up)
  const cluster = able
    .filter((m) => inUse(s.member[m]).sa)
    .map((m) => ({ at: m as Party, end: s.member[m] as EndView }))
  const peer = inUse(s.peer).sa ? [{ at: 'P' as Party, end: s.peer as EndView }] : []
  const [askers, answerers] = side === 'cluster' ? [cluster, peer] : [peer, cluster]
  const nameOf = (at: Party): string => (at === 'P' ? 'the peer' : `member ${at}`)
  return partsOf(constants).flatMap(({ name, parts, negotiated }) => {
    const says = (at: Party, hook: string, ...given: readonly unknown[]): boolean => {
      if (at === 'P' && !negotiated) return false
      const asked = (at === 'P' ? parts.hooks.peer : parts.hooks.member)[hook]
      return asked !== undefined && asked(s, at, ...given) === false
    }
    const no = (at: Party, hook: string, what: string): string =>
      `the hook ${hook} of ${name} forbids ${nameOf(at)} ${what}`
    return [
      ...askers.flatMap(({ at, end }) =>
        unanswered(inUse(end)) === undefined
          ? says(at, 'mayAsk', { ike: end.current, exchange: 'liveness' })
            ? [no(at, 'mayAsk', 'to ask')]
            : []
          : says(at, 'mayRetransmit', end.current)
            ? [no(at, 'mayRetransmit', 'to ask again')]
            : [],
      ),
      ...answerers.flatMap(({ at }) =>
        askers.some(({ end }) => says(at, 'mayReceive', nextCheck(s, end, side)))
          ? [no(at, 'mayReceive', 'to take what is asked')]
          : [],
      ),
    ]
  })
}

/** Where the counters agree and no hook forbids anything: the bounds that are used up, by which a doom may be none. */
const usedUp = (s: ClusterView, constants: Constants, side: Side): readonly string[] => {
  const most = startsOf(constants, side, 'liveness')
  const limit = requestLimit(constants, side)
  const ends = side === 'peer' ? [s.peer] : membersOf(constants).map((m) => s.member[m])
  return [
    ...(s.spent[side].liveness >= most ? [`all ${most} liveness checks of the scope are used up`] : []),
    ...(ends.some((end) => inUse(end).nextSend >= limit)
      ? [`all ${limit} message IDs of the scope are used up`]
      : []),
  ]
}

/** What prevents an exchange beyond what the counters say. */
const obstacles = (s: ClusterView, constants: Constants, sides: readonly Side[]): string => {
  const hooks = sides.flatMap((side) => forbidden(s, constants, side))
  const bounds = hooks.length > 0 ? [] : sides.flatMap((side) => usedUp(s, constants, side))
  return [...new Set([...hooks, ...bounds])].map((text) => `; ${text}`).join('')
}

/** LIV-1c, LIV-1p and LIV-1e. */
export const doomed = (
  story: ClusterStory,
  s: ClusterView,
  constants: Constants,
  sides: readonly Side[],
): Sentence => {
  const whose = sides.length > 1 ? 'either side' : sides[0] === 'cluster' ? 'the cluster' : 'the peer'
  const texts = sides.map((side) => endsText(s, constants, side))
  const prevents = obstacles(s, constants, sides)
  return said`${since(story)} no exchange that ${whose} starts can complete any more: ${texts.join('; and ')}${prevents}${strictness(constants)}.`
}

/** REC-1. */
export const neverBack = (story: ClusterStory, s: ClusterView, constants: Constants): Sentence => {
  const acting = membersOf(constants).filter((m) => actsOnIke(s, m))
  const who =
    acting.length === 0 ? 'no member acts' : `${acting.map((m) => `member ${m}`).join(' and ')} acts`
  const where = s.gateway.address === 'V' ? 'the address of the cluster' : `address ${s.gateway.address}`
  return said`${since(story)} the peer never comes to hold an IKE SA in common with the member that acts where it looks: it looks at ${where}, and ${who}.`
}

/** MID-6. */
export const countersApart = (story: ClusterStory, s: ClusterView, constants: Constants): Sentence => {
  const apart = SIDE.filter((side) =>
    membersOf(constants).some((m) => {
      const [asker, answerer] = side === 'peer' ? [s.peer, s.member[m]] : [s.member[m], s.peer]
      return actsOnIke(s, m) && inUse(asker).nextSend !== inUse(answerer).expects
    }),
  )
  const texts = apart.map((side) => endsText(s, constants, side))
  return said`${since(story)} the ends disagree: ${texts.join('; and ')}.`
}

/** CHD-1. */
export const childrenApart = (
  story: ClusterStory,
  s: ClusterView,
  constants: Constants,
  children: readonly string[],
): Sentence | undefined => {
  const held = (end: EndView): string => {
    const names = children.filter((child) => end.children.has(child))
    return names.length === 0 ? 'no child SA' : names.join(' and ')
  }
  const apart = membersOf(constants).find(
    (m) =>
      actsOnIke(s, m) &&
      children.some((child) => s.member[m].children.has(child) !== s.peer.children.has(child)),
  )
  if (!apart) return undefined
  const odd = children.filter((child) => s.member[apart].children.has(child) !== s.peer.children.has(child))
  const made = story.latest('ikeExecuted', (e) =>
    odd.some(
      (child) =>
        child ===
        `${e.initiator === 'cluster' ? 'c' : 'p'}${e.task}${e.initiator === 'cluster' ? '' : e.executor}`,
    ),
  )
  const by = made
    ? said`; ${made.event.executor === 'P' ? 'the peer' : `member ${made.event.executor}`} had executed the request for ${odd.join(' and ')}, as seen at ${made}`
    : said``
  return said`At step ${story.end} nothing is under way; the peer holds ${held(s.peer)}, and member ${apart} holds ${held(s.member[apart])}${by}.`
}
