/** What an extension returns from `policies`: a scheme, each policy of which has a value that the base model knows. */
import { quote } from '../../src/modelling/fault.ts'
import type { EspPolicies } from '../constants/esp-policies.ts'
import type { PeerProfile, Scheme } from '../constants/scheme.ts'
import { extensionFault } from '../extension-points/extension-fault.ts'

/** The values of a policy: those listed, or whole numbers; `maximum` stands for a number too where it is listed. */
type Values<T> = {
  readonly [K in keyof T]: T[K] extends object ? Values<T[K]> : readonly (T[K] | 'whole number')[]
}

const FLAG = [false, true] as const
const NUMBER = ['whole number'] as const

const PEER: Values<PeerProfile> = {
  futureIds: ['dropped', 'executed'],
  repeats: ['byId', 'byContent'],
  hints: ['ignored', 'believed'],
  addresses: ['any', 'strict', 'follows'],
}

const ESP: Values<EspPolicies> = {
  sharing: ['one', 'other', 'all', 'ownSa'],
  delivery: ['right', 'any', 'allNote', 'allTake'],
  esn: FLAG,
  period: NUMBER,
  unread: NUMBER,
  whenUnread: ['waits', 'overflows'],
  jump: [...NUMBER, 'maximum'],
  tellsJump: FLAG,
  atMaximum: ['stops', 'wraps'],
  iv: ['sequence', 'counter', 'lfsr', 'random', 'salted', 'memberId', 'incarnationId'],
  learns: FLAG,
  raise: [...NUMBER, 'maximum'],
  handsOverCounters: FLAG,
  advances: ['authentic', 'anything'],
  alarms: FLAG,
  peerAntiReplay: FLAG,
}

/** Every policy of a scheme with its values. */
export const POLICY_VALUES: Values<Scheme> = {
  cluster: FLAG,
  ikeBy: ['one', 'all', 'lock'],
  drains: FLAG,
  whenCut: ['allGoOn', 'oneGoesOn'],
  synchSas: FLAG,
  synchIke: ['never', 'afterwards', 'before', 'acknowledged'],
  synchCounters: ['together', 'apart'],
  carriesAnswer: FLAG,
  carriesRequest: FLAG,
  channel: ['fifo', 'reorders'],
  merge: ['maximum', 'latest'],
  retells: FLAG,
  resynchOnReturn: FLAG,
  childrenOnReturn: ['copied', 'rekeyed'],
  resynchOnHeal: FLAG,
  fences: FLAG,
  esp: ESP,
  spi: ['independent', 'partitioned', 'tag-reused', 'granted'],
  addressing: [
    'cluster',
    'member',
    'translated',
    'alternate',
    'announced',
    'loose',
    'loose-resolves',
    'loose-stays',
  ],
  redirects: FLAG,
  requestIds: ['checked', 'unchecked'],
  peer: PEER,
}

/** Refuses a scheme that lacks a policy, has one that no scheme has, or a value that means nothing. Throws `ModelFault`. */
export const checkPolicies = (name: string, after: unknown): void =>
  checkValues(name, POLICY_VALUES, after, '')

const checkValues = (name: string, known: object, after: unknown, path: string): void => {
  const fail = (problem: string): never => {
    throw extensionFault(name, problem)
  }
  if (typeof after !== 'object' || after === null || Array.isArray(after))
    fail(
      `returns ${quote(after)} ${path === '' ? 'from policies' : `as the policy '${path.slice(0, -1)}'`}; expected ${path === '' ? 'a scheme' : 'an object'}.`,
    )
  const policies = Object.keys(known)
  for (const policy of Object.keys(after as object))
    if (!policies.includes(policy))
      fail(`returns the policy '${path}${policy}', which no scheme has. Known: ${policies.join(', ')}.`)
  for (const [policy, values] of Object.entries(known)) {
    const value = (after as { readonly [policy: string]: unknown })[policy]
    if (!Array.isArray(values)) {
      checkValues(name, values, value, `${path}${policy}.`)
      continue
    }
    const isNumber = values.includes('whole number') && Number.isInteger(value) && (value as number) >= 0
    if (!isNumber && (value === 'whole number' || !values.includes(value)))
      fail(
        `returns ${quote(value)} as the policy '${path}${policy}'; it is ${values.length > 1 ? 'one of ' : 'a '}${values.join(', ')}.`,
      )
  }
}
