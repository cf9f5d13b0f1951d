/**
 * The policies that a cluster file can state, in words: what each decides, where RFC 6027 speaks of it, and what each of
 * its values means. Questions, schemas, advice and documentation read them here.
 */
import type { PeerProfile, Scheme } from '../constants/constants.ts'
import type { EspPolicies } from '../constants/esp-policies.ts'

/** A value of a policy that has names for its values. */
export type Value = string | boolean

/** One policy in words. */
export interface PolicyWords {
  /** What it decides, as a question. */
  readonly asks: string
  readonly section: string
  /** Each value with what it means; yes and no are `true` and `false`. */
  readonly values: Readonly<Record<string, string>>
}

/** The policies of T, all of which have names for their values: every value of each must be explained. */
type WordsOf<T> = {
  readonly [P in keyof T]: T[P] extends Value
    ? PolicyWords & { readonly values: Readonly<Record<`${T[P]}`, string>> }
    : never
}

/** What the members do about SAs, IKE counters, SPIs and addresses. */
export const SCHEME_WORDS: WordsOf<Omit<Scheme, 'cluster' | 'esp' | 'peer'>> = {
  ikeBy: {
    asks: 'Who acts on an IKE SA?',
    section: 'RFC 6027 section 3.7',
    values: {
      one: 'one member at a time: hot standby, or load sharing where a peer sticks to a member',
      all: 'every member, as if it were alone',
      lock: 'the member that holds a lock, which is passed on over the synch channel',
    },
  },
  drains: {
    asks: 'Does a member hand over only when the other has read all that it was told?',
    section: 'RFC 6027 section 3.7',
    values: { true: 'yes', false: 'no, at once' },
  },
  whenCut: {
    asks: 'What happens when the synch channel is cut?',
    section: 'RFC 6027 section 2',
    values: {
      allGoOn: 'every member goes on',
      oneGoesOn: 'a witness lets one member go on, the others stop',
    },
  },
  synchSas: {
    asks: 'Are the other members told of IKE and child SAs when they come and go?',
    section: 'RFC 6027 section 3.2',
    values: { true: 'yes', false: 'no' },
  },
  synchIke: {
    asks: 'When do the other members learn of the IKE message IDs?',
    section: 'RFC 6027 section 3.3',
    values: {
      never: 'never',
      afterwards: 'after the exchange, without waiting',
      before: 'when a request is sent or taken, before it is processed, without waiting',
      acknowledged: 'before the event can be seen outside, which waits until they have acknowledged',
    },
  },
  synchCounters: {
    asks: 'Does a message about IKE counters carry both of them?',
    section: 'RFC 6027 section 3.3',
    values: { together: 'yes', apart: 'no, only the one that has moved' },
  },
  carriesAnswer: {
    asks: 'Do messages about IKE counters carry the cached answer?',
    section: 'RFC 6027 section 3.3',
    values: { true: 'yes', false: 'no' },
  },
  carriesRequest: {
    asks: 'Do messages about IKE counters carry the outstanding request?',
    section: 'RFC 6027 section 3.3',
    values: { true: 'yes', false: 'no' },
  },
  channel: {
    asks: 'Does the synch channel keep the order of messages?',
    section: 'RFC 6027 section 3.6',
    values: { fifo: 'yes', reorders: 'no, a later message may overtake' },
  },
  merge: {
    asks: 'What does a message with counters do?',
    section: 'RFC 6027 section 3.6',
    values: { maximum: 'it moves counters forward only', latest: 'it sets them, whatever they were' },
  },
  retells: {
    asks: 'Does a member that takes over first tell the others again what it knows, and wait for them?',
    section: 'RFC 6027 section 3.6',
    values: { true: 'yes', false: 'no' },
  },
  resynchOnReturn: {
    asks: 'Is a member that returns empty brought up to date before it counts as standby?',
    section: 'RFC 6027 section 3.6',
    values: { true: 'yes', false: 'no' },
  },
  childrenOnReturn: {
    asks: 'How does it come to the child SAs?',
    section: 'RFC 6027 section 3.6',
    values: {
      copied: 'it is told of them',
      rekeyed: 'it hears of those that replace them when they are rekeyed',
    },
  },
  resynchOnHeal: {
    asks: 'Is a member that stops acting when a cut channel has healed brought up to date?',
    section: 'RFC 6027 section 3.7',
    values: { true: 'yes', false: 'no' },
  },
  fences: {
    asks: 'Is a member that the others take for down brought down?',
    section: 'RFC 6027 section 3.7',
    values: { true: 'yes', false: 'no' },
  },
  spi: {
    asks: 'How does a member come to an SPI that no other member uses?',
    section: 'RFC 6027 section 3.9',
    values: {
      independent: 'it takes any that it does not know to be used',
      partitioned: 'it has a part of the values for itself, a new part after each return',
      'tag-reused': 'it has a part of the values for itself, the same part again after each return',
      granted: 'a member that keeps a table grants it',
    },
  },
  addressing: {
    asks: 'Which address do IKE and tunnel packets come from?',
    section: 'RFC 6027 section 3.8',
    values: {
      cluster: 'all from the one address that the members share',
      member: "IKE from the member's own address, tunnel packets from the shared one",
      translated: "IKE from the member's own address, translated to the shared one",
      alternate: "IKE from the member's own address; the shared one is agreed upon for tunnel packets",
      announced: "as alternate, and all members' own addresses are agreed upon as well",
      loose: 'each member has an address, which moves to another member at a failover',
      'loose-resolves':
        'each member has an address, which stays; a peer that gave up resolves the name again',
      'loose-stays': 'each member has an address, which stays; the peer knows no other',
    },
  },
  redirects: {
    asks: 'Does a planned failover send the peer to the other member (RFC 5685)?',
    section: 'RFC 6027 section 3.8',
    values: { true: 'yes', false: 'no' },
  },
  requestIds: {
    asks: 'Does the gateway look at the message ID of a request?',
    section: 'RFC 7296 section 2.2',
    values: { checked: 'yes', unchecked: 'no' },
  },
}

/** What the members do about ESP. Widths and periods have units, and are not here. */
export const ESP_WORDS: WordsOf<EspPoliciesByName> = {
  sharing: {
    asks: 'Who sends and receives tunnel packets?',
    section: 'RFC 6027 section 3.7',
    values: {
      one: 'the member that acts on the IKE SA',
      other: 'one member, but another than that on the IKE SA',
      all: 'every member on the one child SA, each by its own idea of the counter',
      ownSa: 'every member on a child SA of its own',
    },
  },
  delivery: {
    asks: 'Where does a packet of the peer go?',
    section: 'RFC 6027 section 3.7',
    values: {
      right: 'to the member whose it is',
      any: 'to any member that acts, as the balancer likes',
      allNote: 'to every member, of which all but one only note it in their windows',
      allTake: 'to every member that acts, and each takes it',
    },
  },
  esn: {
    asks: 'Are extended sequence numbers used?',
    section: 'RFC 6027 section 3.4',
    values: { true: 'yes', false: 'no' },
  },
  toldBy: {
    asks: 'What makes a message about ESP counters due?',
    section: 'RFC 6027 section 3.4',
    values: {
      count: 'the packet that ends a period',
      clock: 'a clock, between two ticks of which at most a period of packets pass',
    },
  },
  whenUnread: {
    asks: 'What keeps a standby from lagging behind further than is assumed?',
    section: 'RFC 6027 section 3.4',
    values: { waits: 'packets wait', overflows: 'nothing: what is unread is lost when one more is told' },
  },
  tellsJump: {
    asks: 'Does a member that has skipped numbers tell the others so, and wait for them, before it sends?',
    section: 'RFC 6027 section 3.4',
    values: { true: 'yes', false: 'no' },
  },
  atMaximum: {
    asks: 'What does a sender do at the last sequence number?',
    section: 'RFC 4303 section 3.3.3',
    values: { stops: 'it stops', wraps: 'its counter wraps' },
  },
  iv: {
    asks: 'How is the IV of a packet made?',
    section: 'RFC 6027 section 3.7.1',
    values: {
      sequence: 'it is the sequence number',
      counter: "from a counter of the member's own, which nobody is told",
      lfsr: 'from a register, seeded anew by a member that has none',
      random: 'at random',
      salted: 'the sequence number, salted at random by each incarnation of a member',
      memberId: "from a counter of the member's own behind the ID of the member (RFC 6054)",
      incarnationId: 'from such a counter behind an ID that is new whenever the member has lost its memory',
    },
  },
  learns: {
    asks: 'Does a member that begins to act take the first packet whatever its number, and count on from it?',
    section: 'RFC 6027 section 3.5',
    values: { true: 'yes', false: 'no' },
  },
  handsOverCounters: {
    asks: 'Do exact counters go along with a planned handover?',
    section: 'RFC 6027 section 3.7',
    values: { true: 'yes', false: 'no' },
  },
  advances: {
    asks: 'When does a receiver advance its window?',
    section: 'RFC 4303 section 3.4.3',
    values: { authentic: 'when a packet is authentic', anything: 'before it has looked, which is a fault' },
  },
  alarms: {
    asks: 'Does a packet outside the window make a member tell the others of its window?',
    section: 'RFC 6027 section 4',
    values: { true: 'yes', false: 'no' },
  },
  peerAntiReplay: {
    asks: 'Does the peer check for replays?',
    section: 'RFC 4303 section 3.4.3',
    values: { true: 'yes', false: 'no' },
  },
}

/** The policies of ESP that are no quantities. */
export type EspPoliciesByName = Omit<EspPolicies, 'period' | 'unread' | 'jump' | 'raise'>

/** How the peer reads what RFC 7296 leaves open, or bends it. */
export const PEER_WORDS: WordsOf<PeerProfile> = {
  futureIds: {
    asks: 'What does the peer do with a request beyond its window?',
    section: 'RFC 7296 section 2.3',
    values: { dropped: 'it drops it', executed: 'it executes it and moves its counter forward' },
  },
  repeats: {
    asks: 'How does the peer know a repeated request?',
    section: 'RFC 7296 section 2.1',
    values: { byId: 'by its message ID', byContent: 'by its content as well' },
  },
  hints: {
    asks: 'What is an unprotected INVALID_IKE_SPI or INVALID_SPI to the peer?',
    section: 'RFC 6027 section 3.2',
    values: { ignored: 'a hint', believed: 'the truth' },
  },
  addresses: {
    asks: 'What does the peer do with an IKE message from another address than the one it sends to?',
    section: 'RFC 6027 section 3.8',
    values: {
      any: 'it takes it',
      strict: 'it drops it',
      follows: 'it takes it, and sends to that address from then on',
    },
  },
}

/** The value that a name in the tables stands for. */
export const valueNamed = (name: string): Value => (name === 'true' ? true : name === 'false' ? false : name)

/** The values of a policy. */
export const valuesOf = ({ values }: PolicyWords): readonly Value[] => Object.keys(values).map(valueNamed)
