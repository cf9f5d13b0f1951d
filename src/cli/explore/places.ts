/** What the page may name: schemes, and what the command line named. No other file is ever loaded for it. */
import { resolve } from 'node:path'
import type { OpenedView, Place } from '../../explore/protocol.ts'
import { labelOf, type Property } from '../../modelling/property.ts'
import { DEFAULT_SCOPE, type Focus, SCOPES, type ScopeName } from '../../search/suite.ts'
import { instancesOf } from '../../state/plain/instances.ts'
import { unknownName } from '../options/suggestions.ts'
import { isOfFile, type Target, targetOf, tokensOf } from '../targets/targets.ts'
import { structureHash, type TokenData, tokenData } from '../targets/tokens.ts'
import { Refusal } from './problems.ts'
import type { Standing } from './threads.ts'

/** The name of a scheme, perhaps with extensions that come with clustercheck. */
const SCHEME = /^[a-z0-9-]+(\+[a-z0-9-]+(:[a-z0-9=,-]+)?)*$/

/** The targets of one server. */
export class Places {
  readonly #given = new Set<string>()
  readonly #targets = new Map<string, Promise<Target>>()

  /** Lets a target in that the command line names. */
  give(target: string): void {
    this.#given.add(resolve(target))
  }

  /** A target by its name. Throws `Refusal` or `UsageError`. */
  target(name: string, scope: ScopeName | undefined): Promise<Target> {
    if (!this.#given.has(resolve(name)) && !SCHEME.test(name))
      throw new Refusal(
        `${name} was not named when clustercheck explore was started; a page loads no other file.`,
        403,
      )
    const key = `${name} ${scope ?? ''}`
    const known = this.#targets.get(key)
    if (known) return known
    const found = targetOf(name, scope)
    this.#targets.set(key, found)
    found.catch(() => this.#targets.delete(key))
    return found
  }

  /** What a token names. Throws `Refusal` or `UsageError`. */
  async opened(token: string): Promise<OpenedView> {
    const data = tokenData(token)
    const { target, focus } = await this.#found(data)
    return {
      place: placeOf(data),
      path: data.path,
      searches: target.suite.focuses.map(({ name, about }) => ({ name, about })),
      about: target.suite.about,
      changed: structureHash(focus.model) !== data.hash,
    }
  }

  /** The model of a place. Throws `Refusal` or `UsageError`. */
  async standing(place: Place): Promise<Standing> {
    const { target, focus } = await this.#found(place)
    const { scope } = place
    return {
      key: JSON.stringify([place.target, scope, focus.name]),
      source: target.source,
      focus: focus.name,
      target: place.target,
      ...(scope !== undefined && { scope }),
      scheme: target.name,
      about: focus.about,
      ...(isOfFile(target.source) && { file: place.target }),
      get model() {
        return focus.model
      },
    }
  }

  async #found({
    target: name,
    scope,
    focus: wanted,
  }: Pick<Place, 'target' | 'scope' | 'focus'>): Promise<{ readonly target: Target; readonly focus: Focus }> {
    const target = await this.target(
      name,
      SCOPES.find((one) => one === scope),
    )
    const { focuses } = target.suite
    const focus = focuses.find((one) => one.name === wanted)
    if (!focus)
      throw unknownName(
        `search of ${name}`,
        wanted,
        focuses.map((one) => one.name),
      )
    return { target, focus }
  }
}

const placeOf = ({ target, scope, focus, label }: TokenData): Place => ({
  target,
  ...(scope && scope !== DEFAULT_SCOPE && { scope }),
  focus,
  label,
})

/** The token of the beginning of a search: its initial state, with the first property that can be violated. */
export const beginning = (target: Target, focus: Focus): string => {
  const { model } = focus
  const violable = ({ kind }: Property): boolean => kind !== 'sometimes' && kind !== 'measure'
  const property = model.properties.find(violable) ?? model.properties.find(({ kind }) => kind !== 'measure')
  const path = instancesOf(model.initial).length === 1 ? [0] : []
  // A token has a step: where there are several initial states, the first of them is stood in.
  return tokensOf(target)(focus, property ? labelOf(property) : 'Deadlock', path.length > 0 ? path : [0])
}
