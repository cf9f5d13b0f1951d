/**
 * What the code of an extension may read and write: each party what it holds itself. Every hook, action and message of
 * an extension is given the state through accessors that know whose turn it is, in every interpreter and every search.
 *
 * A field has an owner: a member, the peer, or nobody. What nobody owns observes (`probe`, `answered`, `gaveUp`), bounds
 * (`spent`), or is under way (`network`, `synch`, the messages of extensions): no extension writes it. What another party
 * owns, or nobody, is read only where the extension declares an oracle for it, which the report of a validation lists.
 *
 * Fields that an extension adds to the world belong to nobody and may be written. One that a member writes and the peer
 * reads, or that one member's hook reads after another member wrote it, would be a message that needs no time: it must
 * be declared. The actions of members share it freely, which is what a bound needs.
 */

import type { Fields, Schema } from '../../src/modelling/schema.ts'
import { byPlaces, walking } from '../../src/modelling/walking.ts'
import { type Constants, perConstants } from '../constants/constants.ts'
import { MEMBER, type Member, type Party } from '../constants/parties.ts'
import { extensionFault } from '../extension-points/extension-fault.ts'
import { partsOf } from '../extension-points/extensions.ts'
import { clusterState } from '../state/cluster-state.ts'

/** Whose code runs. */
export interface Turn {
  readonly extension: string
  /** In words, such as `the hook mayAsk`. */
  readonly what: string
  /** Who does it; `unknown`: a member's action that does not choose one; undefined: an attacker, or the environment. */
  readonly party: Party | 'unknown' | undefined
  /** Whether fields of the world that members write are shared by them. */
  readonly shares: boolean
  readonly oracles: readonly string[]
  /** Whether it is asked, and only reads. */
  readonly asks: boolean
  /** Another member that this one hears from in this very step. */
  readonly also: Member | undefined
}

type Owner = Party | 'nobody' | 'wire' | 'world'

/** A field that has a value. */
interface Leaf {
  readonly path: string
  readonly owner: Owner
  /** Read by its owner, and changed by the base model only. */
  readonly fixed: boolean
  /** Parties that have read and written it, of a field of the world. */
  readonly readers: Set<string>
  readonly writers: Set<string>
}

let turn: Turn | undefined

/** Runs code of an extension as its turn. */
export const asTurn = <T>(now: Turn, code: () => T): T => {
  const before = turn
  turn = now
  try {
    return code()
  } finally {
    turn = before
  }
}

const nameOf = (party: Turn['party']): string =>
  party === 'P' ? 'the peer' : party === 'unknown' ? 'a member' : `member ${party}`

const ownerText = (owner: Owner): string => {
  if (owner === 'nobody') return 'which no end holds: it observes, bounds, or is under way'
  if (owner === 'wire') return 'which is under way between the ends'
  return owner === 'world' ? 'which is of the world' : `which ${nameOf(owner)} holds`
}

/** Refuses what the code whose turn it is does; `problem` goes on before where it was done. Throws `ModelFault`. */
export const refuse = (problem: string, hint?: string): never => {
  const { extension, what } = turn!
  const fault = extensionFault(extension, `${problem} in ${what}.`)
  throw hint === undefined ? fault : fault.with({ hint })
}

/** How what is known beyond an end is declared. */
const declare = (path: string): string =>
  `if it is meant, say why in what define returns: oracles: { '${path}': '...' }`

/** Whether an oracle speaks of a path: it names that, or what it is part of; `*` stands for any one name. */
export const covers = (oracle: string, path: string): boolean => {
  const [wanted, names] = [oracle.split('.'), path.split('.')]
  return wanted.length <= names.length && wanted.every((one, i) => one === '*' || one === names[i])
}

const isDeclared = (path: string): boolean => turn!.oracles.some((oracle) => covers(oracle, path))

const read = (leaf: Leaf): void => {
  if (turn === undefined || leaf.owner === turn.party) return
  const { party, also } = turn
  if (party === undefined || (also !== undefined && leaf.owner === also)) return
  if (leaf.owner === 'world') {
    leaf.readers.add(readerOf(turn))
    checkWorld(leaf)
    return
  }
  if (isDeclared(leaf.path)) return
  refuse(
    party === 'unknown'
      ? `reads '${leaf.path}' and does not choose at, by which member it is done,`
      : `lets ${nameOf(party)} read '${leaf.path}', ${ownerText(leaf.owner)}, and declares no oracle for it,`,
    declare(leaf.path),
  )
}

const write = (leaf: Leaf): void => {
  if (turn === undefined) return
  const { party, also } = turn
  if (turn.asks) refuse(`writes '${leaf.path}', where it is only asked,`)
  if (leaf.owner === 'nobody' || leaf.owner === 'wire' || leaf.fixed)
    refuse(
      leaf.fixed
        ? `writes '${leaf.path}', which only the base model changes,`
        : `writes '${leaf.path}', ${ownerText(leaf.owner)},`,
    )
  if (leaf.owner === party || party === undefined || (also !== undefined && leaf.owner === also)) return
  if (leaf.owner === 'world') {
    leaf.writers.add(party)
    checkWorld(leaf)
    return
  }
  if (isDeclared(leaf.path)) return
  refuse(
    party === 'unknown'
      ? `writes '${leaf.path}' and does not choose at, by which member it is done,`
      : `lets ${nameOf(party)} write '${leaf.path}', ${ownerText(leaf.owner)}, and declares no oracle for it,`,
    declare(leaf.path),
  )
}

/** Who reads a field of the world: members that share it are not told apart. */
const readerOf = ({ party, shares }: Turn): string => (party === 'P' || !shares ? party! : 'members')

const checkWorld = ({ path, readers, writers }: Leaf): void => {
  if (isDeclared(path)) return
  for (const reader of readers)
    for (const writer of writers) {
      const apart = reader === 'members' ? writer === 'P' : reader !== writer
      if (!apart) continue
      const [who, by] = [reader === 'members' ? 'a member' : nameOf(reader as Party), nameOf(writer as Party)]
      refuse(
        `lets ${who} read '${path}' of the world, which ${by} writes, and declares no oracle for it: found`,
        declare(path),
      )
    }
}

/** What an owner has, from the root of the state. */
const ownerOf = (path: readonly string[], own: OwnNames): Owner => {
  const [root, second, third] = path
  const isMember = (name: string | undefined): name is Member =>
    (MEMBER as readonly (string | undefined)[]).includes(name)
  if (root === 'member' && isMember(second)) return second
  if (root === 'peer' || root === 'gateway') return 'P'
  if (root === 'esp' && path.at(-1) !== 'spoilt') {
    if (second === 'peer') return 'P'
    if ((second === 'member' || second === 'life') && isMember(third)) return third
  }
  if (own.messages.has(root!)) return 'wire'
  return own.world.has(root!) ? 'world' : 'nobody'
}

/** What decides about members, and is theirs to read only. */
const FIXED = ['up', 'onIke', 'onEsp']

interface OwnNames {
  readonly world: ReadonlySet<string>
  readonly messages: ReadonlySet<string>
}

/** Accessors over the parts of a state, for one model. */
const builderOf = (constants: Constants) => {
  const all = partsOf(constants).map(({ parts }) => parts)
  const own: OwnNames = {
    world: new Set(all.flatMap(({ state }) => Object.keys(state.world ?? {}))),
    messages: new Set(all.flatMap(({ messages }) => Object.keys(messages))),
  }
  const leaves = new Map<string, Leaf>()
  const leafOf = (path: readonly string[]): Leaf => {
    const name = path.join('.')
    let leaf = leaves.get(name)
    if (leaf === undefined) {
      const owner = ownerOf(path, own)
      const fixed = path.length === 3 && path[0] === 'member' && FIXED.includes(path[2]!)
      leaf = { path: name, owner, fixed, readers: new Set(), writers: new Set() }
      leaves.set(name, leaf)
    }
    return leaf
  }

  const over = (schema: Schema, target: object, path: readonly string[]): object => {
    if (schema.kind === 'set') return setOver(target as never, leafOf(path))
    if (schema.kind === 'queue' || schema.kind === 'bag') return channelOver(target as never, leafOf(path))
    const from = target as { [name: string]: unknown }
    const seen: PropertyDescriptorMap = {}
    for (const [name, field] of Object.entries(partsOfSchema(schema))) {
      const below = [...path, name]
      const leaf = leafOf(below)
      if (isPlain(field)) {
        seen[name] = {
          enumerable: true,
          get() {
            read(leaf)
            return from[name]
          },
          set(value: unknown) {
            write(leaf)
            from[name] = value
          },
        }
        continue
      }
      let child: object | undefined
      seen[name] = {
        enumerable: true,
        get() {
          child ??= over(field, from[name] as object, below)
          return child
        },
        set() {
          refuse(`replaces '${leaf.path}', which has parts,`)
        },
      }
    }
    return Object.freeze(Object.defineProperties({}, seen))
  }

  const schema = clusterState(constants)
  for (const { name, parts } of partsOf(constants))
    for (const oracle of Object.keys(parts.oracles)) checkOracle(name, schema, oracle)
  return { over: (target: object) => over(schema, target, []), leafOf, schema }
}

/** Refuses an oracle for what is not in the state: it would be a silence. */
const checkOracle = (extension: string, schema: Schema, oracle: string): void => {
  let here: readonly Schema[] = [schema]
  for (const name of oracle.split('.')) {
    const all = here.flatMap((one) => Object.entries(partsOfSchema(one)))
    here = all.flatMap(([known, part]) => (name === '*' || name === known ? [part] : []))
    if (here.length === 0)
      throw extensionFault(
        extension,
        `declares an oracle for '${oracle}', which is not in the state: there is no '${name}'. Known: ${[...new Set(all.map(([known]) => known))].join(', ') || 'nothing'}.`,
      )
  }
}

const partsOfSchema = (schema: Schema): Fields => {
  if (schema.kind === 'record') return schema.fields
  return schema.kind === 'each'
    ? Object.fromEntries(schema.identities.map((name) => [name, schema.element]))
    : {}
}

const isPlain = ({ kind }: Schema): boolean => ['bool', 'oneOf', 'range', 'id'].includes(kind)

interface AnySet {
  [Symbol.iterator](): Iterator<unknown, undefined, undefined>
  readonly size: number
  has(value: unknown): boolean
  add(value: unknown): void
  delete(value: unknown): void
  clear(): void
}

const setOver = (set: AnySet, leaf: Leaf) => {
  const { countOf, ...walk } = walking(() => {
    read(leaf)
    return set[Symbol.iterator]()
  })
  return Object.freeze({
    ...walk,
    count: countOf,
    get size() {
      read(leaf)
      return set.size
    },
    has: (value: unknown) => {
      read(leaf)
      return set.has(value)
    },
    add: (value: unknown) => {
      write(leaf)
      set.add(value)
    },
    delete: (value: unknown) => {
      write(leaf)
      set.delete(value)
    },
    clear: () => {
      write(leaf)
      set.clear()
    },
  })
}

interface AnyChannel {
  readonly length: number
  at(index: number): object | undefined
  has(message: object): boolean
  count(message: object): number
  isFirstCopy(index: number): boolean
  push(message: object): void
  shift(): object | undefined
  removeAt(index: number): void
  add(message: object): void
  remove(message: object): void
  clear(): void
}

const channelOver = (channel: AnyChannel, leaf: Leaf) => {
  const reading = <T>(value: () => T): T => {
    read(leaf)
    return value()
  }
  const writing = <T>(value: () => T): T => {
    write(leaf)
    return value()
  }
  const { countOf, ...walk } = walking(() => byPlaces((index) => reading(() => channel.at(index))))
  return Object.freeze({
    ...walk,
    get length() {
      return reading(() => channel.length)
    },
    at: (index: number) => reading(() => channel.at(index)),
    has: (message: object) => reading(() => channel.has(message)),
    count: (message: object) =>
      typeof message === 'function'
        ? countOf(message as () => boolean)
        : reading(() => channel.count(message)),
    isFirstCopy: (index: number) => reading(() => channel.isFirstCopy(index)),
    push: (message: object) => writing(() => channel.push(message)),
    shift: () => writing(() => channel.shift()),
    removeAt: (index: number) => writing(() => channel.removeAt(index)),
    add: (message: object) => writing(() => channel.add(message)),
    remove: (message: object) => writing(() => channel.remove(message)),
    clear: () => writing(() => channel.clear()),
  })
}

const builders = perConstants(builderOf)
const SEEN = new WeakMap<object, object>()
const BEHIND = new WeakMap<object, object>()

/** The state as extensions see it; the same for the same state. */
export const seenBy = (constants: Constants, state: object): object => {
  let seen = SEEN.get(state)
  if (seen === undefined) {
    seen = builders(constants).over(state)
    SEEN.set(state, seen)
    BEHIND.set(seen, state)
  }
  return seen
}

/** What is behind something that an extension was given; anything else is what it is. */
export const behind = <T extends object>(seen: T): T => (BEHIND.get(seen) as T | undefined) ?? seen

/** Something that an extension is given instead of another thing, which the base model can get at. */
export const instead = <T extends object>(given: T, real: object): T => {
  BEHIND.set(given, real)
  return given
}

/** The base model reads or writes something for an extension, whose turn it must be allowed to. */
export const onBehalf = (constants: Constants, how: 'read' | 'write', ...path: readonly string[]): void => {
  if (turn === undefined) return
  const leaf = builders(constants).leafOf(path)
  if (how === 'read') read(leaf)
  else write({ ...leaf, fixed: false })
}

/** The schema of the state that is seen. */
export const seenSchema = (constants: Constants) => builders(constants).schema

/** What an end sends, tells or gives up is done by that end, or by somebody who declares it. */
export const asEnd = (constants: Constants, at: Party): void =>
  at === 'P' ? onBehalf(constants, 'write', 'peer', 'ike') : onBehalf(constants, 'write', 'member', at, 'ike')
