/**
 * The messages of extensions: put on the wire, received, lost, and copied by an attacker. With A0 each arrives once at
 * the most; with A1 and A2 what goes between the ends stays in the network after it was received, as a copy that can
 * come at any time. What members send each other no attacker sees; it arrives while the receiver is up and the synch
 * channel is not cut, whoever acts.
 */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import type { BagDraft, BagView } from '../../src/modelling/draft.ts'
import type { Emit } from '../../src/modelling/events.ts'
import { ModelFault, quote } from '../../src/modelling/fault.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import type { Member, Party } from '../constants/parties.ts'
import { type Defined, partsOf } from '../extension-points/extensions.ts'
import { actsOnIke, addressee } from '../gateway/roles.ts'
import type { ClusterDraft, ClusterSchema, ClusterView } from '../state/cluster-state.ts'
import type { WireEvents } from '../wire/events.ts'
import { attackIf } from './attacks.ts'
import { asEnd } from './locality.ts'

export { ownPictures } from '../extension-points/own-pictures.ts'

type Wire = Emit<WireEvents>
type Message = { readonly copied: number }
type Kinds = { readonly [kind: string]: (event: object) => void }

const bagOf = (s: ClusterView, kind: string): BagView<Message> =>
  (s as unknown as { readonly [kind: string]: BagView<Message> })[kind]!
const draftOf = (d: ClusterDraft, kind: string): BagDraft<Message> =>
  (d as unknown as { readonly [kind: string]: BagDraft<Message> })[kind]!

const ownOf = (constants: Constants, kind: string) => {
  const found = partsOf(constants).find(({ parts }) => kind in parts.messages)?.parts.messages[kind]
  if (found) return found
  const kinds = partsOf(constants).flatMap(({ parts }) => Object.keys(parts.messages))
  throw new ModelFault({
    problem: `No message of an extension is called ${quote(kind)}. Known: ${kinds.join(', ') || 'none'}.`,
  })
}

/** The fields of a message are those that its kind has, and it goes to the other side, or to another member. */
const checkSent = (
  constants: Constants,
  from: Party,
  kind: string,
  message: object,
  receiver: Party | undefined,
): void => {
  const { to, fields } = ownOf(constants, kind)
  const [given, wanted] = [Object.keys(message), Object.keys(fields)]
  if (given.length !== wanted.length || !wanted.every((name) => name in message))
    throw new ModelFault({
      problem: `The message '${kind}' was sent with the fields ${given.join(', ') || 'none'}; it has ${wanted.join(', ') || 'none'}.`,
    })
  const senders: readonly Party[] = to === 'cluster' ? ['P'] : membersOf(constants)
  if (!senders.includes(from))
    throw new ModelFault({
      problem: `The message '${kind}' was sent by ${quote(from)}; what goes to the ${to} is sent by ${senders.join(' or ')}.`,
    })
  if (to !== 'member') return
  const receivers = membersOf(constants).filter((m) => m !== from)
  if (!(receivers as readonly (Party | undefined)[]).includes(receiver))
    throw new ModelFault({
      problem: `The message '${kind}' of member ${from} was sent to ${quote(receiver)}; it goes to ${receivers.join(' or ')}.`,
    })
}

/** Whether so many messages of a kind can be put on the wire. */
export const hasRoom = (s: ClusterView, constants: Constants, kind: string, messages: number): boolean => {
  const { capacity } = ownOf(constants, kind)
  return bagOf(s, kind).length + messages <= capacity
}

const capital = (kind: string): string => `${kind[0]!.toUpperCase()}${kind.slice(1)}`

/** Puts a message on the wire; one that is there already is not added again. */
export const send = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Party,
  kind: string,
  message: object,
  to?: Member,
): void => {
  checkSent(constants, from, kind, message, to)
  asEnd(constants, from)
  const between = ownOf(constants, kind).to === 'member'
  const sent = { ...message, ...(between && { sender: from, receiver: to }), copied: 0 }
  const network = draftOf(d, kind)
  if (!network.has(sent)) {
    try {
      network.add(sent)
    } catch (error) {
      throw error instanceof ModelFault && error.data.variable === kind
        ? error.with({
            hint: `send '${kind}' only where hasRoom(s, '${kind}') is true; where it answers KIND, answers: { KIND: ['${kind}'] } sees to that`,
          })
        : error
    }
  }
  const receiver = between ? to : ownOf(constants, kind).to === 'peer' ? 'P' : addressee(d, constants)
  ;(emit as unknown as Kinds)[`${kind}Sent`]!({ ...message, sender: from, receiver })
}

/** Takes the fields of a message without its copying, which nobody can see, and without its ends, as a plain record. */
const plainOf = (constants: Constants, kind: string) => {
  const names = Object.keys(ownOf(constants, kind).fields)
  return (m: Message): { [name: string]: unknown } => {
    const made: { [name: string]: unknown } = {}
    for (const name of names) made[name] = (m as unknown as { readonly [name: string]: unknown })[name]
    return made
  }
}

/** The ends of a message between members. */
interface Between {
  readonly sender: Member
  readonly receiver: Member
}

/** Receiving and losing each kind of message. */
export const messageActions = (constants: Constants): readonly Action[] =>
  partsOf(constants).flatMap((defined) =>
    Object.entries(defined.parts.messages).flatMap(([kind, { capacity }]) =>
      capacity === 0 ? [] : actionsOfKind(constants, defined, kind),
    ),
  )

const actionsOfKind = (
  constants: Constants,
  { parts, negotiated }: Defined,
  kind: string,
): readonly Action[] => {
  const { to } = parts.messages[kind]!
  const action = actionsOn<ClusterSchema, WireEvents>()
  const messages = (s: ClusterView): BagView<Message> => bagOf(s, kind)
  const shows = { m: () => kind }
  const answers = parts.answers[kind] ?? []
  const { takes, receives, losable } = parts
  const copies = constants.scope.attacker !== 'A0'

  const plain = plainOf(constants, kind)
  const endsOf = (m: Message): Between | undefined =>
    to === 'member' ? (({ sender, receiver }) => ({ sender, receiver }))(m as Message & Between) : undefined

  const reaches = (s: ClusterView, at: Party, m: Message): boolean => {
    if (to === 'member') return endsOf(m)!.receiver === at && s.member[at as Member].up && s.cut === 0
    return at === 'P' || actsOnIke(s, at)
  }

  const mayTake = (s: ClusterView, at: Party, m: Message): boolean => {
    if (!reaches(s, at, m)) return false
    return (
      (takes[kind] === undefined || takes[kind](s, at, plain(m)) === true) &&
      answers.every((answer) => hasRoom(s, constants, answer, 1))
    )
  }

  const take = (d: ClusterDraft, at: Party, m: Message, emit: Wire): void => {
    const message = plain(m)
    const ends = endsOf(m)
    ;(emit as unknown as Kinds)[`${kind}Received`]!({
      ...message,
      ...ends,
      receiver: at,
      copy: m.copied === 1,
    })
    if (m.copied === 0) {
      draftOf(d, kind).remove({ ...message, ...ends, copied: 0 } as Message)
      const copy = { ...message, copied: 1 }
      if (copies && !ends && !draftOf(d, kind).has(copy)) draftOf(d, kind).add(copy)
    }
    receives[kind]!(d, at, message, emit)
  }

  const isCopy = (_: object, choice: object): boolean => (choice as { readonly m: Message }).m.copied === 1

  const received =
    to === 'peer'
      ? action(`PeerReceives${capital(kind)}`, {
          choose: { m: messages },
          shows,
          guard: (s, { m }) => mayTake(s, 'P', m),
          effect: (d, { m }, emit) => take(d, 'P', m, emit),
        })
      : action(`${to === 'member' ? 'Member' : 'Cluster'}Receives${capital(kind)}`, {
          choose: { at: membersOf(constants), m: messages },
          shows,
          guard: (s, { at, m }) => mayTake(s, at, m),
          effect: (d, { at, m }, emit) => take(d, at, m, emit),
        })
  const lost = action(`NetworkLoses${capital(kind)}`, {
    choose: { m: messages },
    shows,
    guard: (s, { m }) => m.copied === 1 || losable[kind] === undefined || losable[kind](s, plain(m)) === true,
    effect: (d, { m }, emit) => {
      const message = { ...plain(m), ...endsOf(m) }
      ;(emit as unknown as Kinds)[`${kind}Lost`]!(message)
      draftOf(d, kind).remove({ ...message, copied: m.copied })
    },
  })
  return [...(to === 'peer' && !negotiated ? [] : [attackIf(received, isCopy)]), lost]
}
