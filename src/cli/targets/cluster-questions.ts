/** The questions by which `init --cluster` comes to a cluster file: each with its words, its answers and what it sets. */
import type { ClusterFile } from '../../../model/cluster-files/cluster-file.ts'
import { type PEERS, TOLD } from '../../../model/cluster-files/cluster-file.ts'
import { type PolicyWords, SCHEME_WORDS, valueNamed } from '../../../model/cluster-files/vocabulary.ts'

/** A file that grows with each answer. */
export type Draft = { -readonly [K in keyof ClusterFile]: ClusterFile[K] }

/** One question. */
export interface Question {
  /** By which `--answers` names it. */
  readonly id: string
  readonly asks: string
  readonly section: string
  /** Answers that can be chosen, each with what it means; absent: the answer is written. */
  readonly choices?: Readonly<Record<string, string>>
  /** The answer where none is given. */
  readonly usual: string
  /** What is wrong with a written answer; undefined when nothing is. */
  problem?(answer: string): string | undefined
  /** Whether it is asked after the answers so far. */
  applies?(draft: Draft): boolean
  set(draft: Draft, answer: string): void
}

/** What clusters commonly do, by what they do: the scheme to start from. */
const PRESETS: Readonly<Record<string, string>> = {
  'no-synch': 'the standby takes over the address and knows nothing of the SAs',
  'synch-sas': 'SAs are told when they are created and deleted; counters are not',
  'synch-ike': 'SAs, and IKE message IDs after each exchange, without waiting',
  'told-before':
    'SAs, and message IDs when a request is sent or taken, unacknowledged and believed in any order',
  'esp-wide-jump':
    'the same, ESP counters from time to time, and a jump at the takeover (RFC 6027 section 3.4)',
  'acked-everything': 'every IKE event waits until the standby has acknowledged it',
  'share-ike-lock-acked': 'the load is shared; a lock says who acts on an IKE SA',
  'own-sas-told': 'the load is shared; every member has a child SA of its own, and tells its counters',
  'loose-moving': 'each member has an address of its own, which moves at a failover',
}

const policy = (
  name: keyof typeof SCHEME_WORDS,
  usual: string,
  applies?: (draft: Draft) => boolean,
): Question => {
  const { asks, section, values }: PolicyWords = SCHEME_WORDS[name]
  return {
    id: name,
    asks,
    section,
    choices: { basis: 'as the scheme it starts from', ...values },
    usual,
    ...(applies && { applies }),
    set(draft, answer) {
      if (answer !== 'basis') draft.policies = { ...draft.policies, [name]: valueNamed(answer) }
    },
  }
}

const whole = (least: number, most: number) => (answer: string) =>
  /^\d+$/.test(answer) && Number(answer) >= least && Number(answer) <= most
    ? undefined
    : `a whole number from ${least} to ${most}`

const width = (answer: string): string | undefined =>
  answer === 'basis' || answer === 'maximum' || /^\d{1,12}$/.test(answer)
    ? undefined
    : "a number of packets, 'maximum', or 'basis' for what the scheme it starts from does"

const widthOf = (answer: string): number | 'maximum' => (answer === 'maximum' ? answer : Number(answer))

const standsBy = ({ basis }: Draft): boolean => basis !== 'no-synch'
/** Whether messages about IKE counters can carry more than the counters. */
const tellsMore = (draft: Draft): boolean => {
  const synchIke = draft.policies?.synchIke ?? (draft.basis === 'told-before' ? 'before' : undefined)
  return standsBy(draft) && synchIke !== 'before' && synchIke !== 'never'
}
const tells = ({ esp, basis }: Draft): boolean =>
  esp?.told === undefined
    ? basis === 'esp-wide-jump' || basis === 'own-sas-told' || basis === 'acked-everything'
    : esp.told !== 'never'

export const QUESTIONS: readonly Question[] = [
  {
    id: 'basis',
    asks: 'Which of these comes closest to your cluster?',
    section: 'RFC 6027 sections 2 and 3',
    choices: PRESETS,
    usual: 'synch-ike',
    set(draft, answer) {
      draft.basis = answer
    },
  },
  {
    id: 'members',
    asks: 'How many members does it have?',
    section: 'RFC 6027 section 2',
    choices: { '2': 'two', '3': 'three: searches take several times longer' },
    usual: '2',
    set(draft, answer) {
      draft.members = Number(answer) === 3 ? 3 : 2
    },
  },
  policy('synchIke', 'basis', standsBy),
  policy('carriesAnswer', 'basis', tellsMore),
  policy('carriesRequest', 'basis', tellsMore),
  {
    id: 'told',
    asks: "When are the other members told of ESP counters, such as '10000 packets', or 'never'?",
    section: 'RFC 6027 section 3.4',
    usual: 'basis',
    problem: (answer) =>
      answer === 'basis' || (TOLD.test(answer) && !answer.includes(' s'))
        ? undefined
        : "'10000 packets', 'never', or 'basis' for what the scheme it starts from does",
    applies: standsBy,
    set(draft, answer) {
      if (answer !== 'basis') draft.esp = { ...draft.esp, told: answer }
    },
  },
  {
    id: 'jump',
    asks: 'How many sequence numbers does a member skip when it begins to act?',
    section: 'RFC 6027 section 3.4',
    usual: 'basis',
    problem: width,
    applies: tells,
    set(draft, answer) {
      if (answer !== 'basis') draft.esp = { ...draft.esp, jump: widthOf(answer) }
    },
  },
  {
    id: 'raise',
    asks: 'By how many numbers does a member that begins to act raise its inbound windows?',
    section: 'RFC 6027 section 3.5',
    usual: 'basis',
    problem: width,
    applies: tells,
    set(draft, answer) {
      if (answer !== 'basis') draft.esp = { ...draft.esp, raise: widthOf(answer) }
    },
  },
  {
    id: 'window',
    asks: 'How many packets wide is the receive window?',
    section: 'RFC 4303 section 3.4.3',
    usual: '64',
    problem: whole(1, 4096),
    set(draft, answer) {
      draft.esp = { ...draft.esp, window: Number(answer) }
    },
  },
  policy('addressing', 'basis'),
  {
    id: 'loses',
    asks: 'How many synch messages may the channel lose before somebody notices?',
    section: 'RFC 6027 section 3.6',
    usual: '1',
    problem: whole(0, 4),
    set(draft, answer) {
      draft.channel = { ...draft.channel, loses: Number(answer) }
    },
  },
  {
    id: 'crashes',
    asks: 'How many failures in a row must it survive?',
    section: 'RFC 6027 section 2',
    usual: '1',
    problem: whole(0, 3),
    set(draft, answer) {
      draft.failures = { ...draft.failures, crashes: Number(answer), ...(answer === '0' && { returns: 0 }) }
    },
  },
  {
    id: 'peer',
    asks: 'What are its peers like?',
    section: 'RFC 7296 section 2',
    choices: {
      'by-the-book': 'they follow RFC 7296',
      'strict-address': 'they drop IKE from another address than the one they send to',
      'follows-address': 'they send to where the last IKE message came from',
      'executes-future-ids': 'they execute requests beyond the window',
      'compares-content': 'they drop a repeated message ID unless the content is the same',
      'believes-hints': 'they believe unprotected error messages',
    } satisfies Record<keyof typeof PEERS, string>,
    usual: 'by-the-book',
    set(draft, answer) {
      draft.peers = [answer as keyof typeof PEERS]
    },
  },
]
