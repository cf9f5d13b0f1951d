/** What is wrong with an extension before anything is searched, in one sentence each. */
import type { Extension } from '../../model/extending/extension.ts'
import { extensionFault } from '../../model/extension-points/extension-fault.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { FOCUS } from '../../model/schemes/named-scheme.ts'
import { labelOf } from '../../src/modelling/property.ts'
import type { Trial } from './trials.ts'

/** Refuses names that mean nothing. Throws `ModelFault`. */
export const checkExtension = ({ name, schemes, searches, claims, parameters }: Extension): void => {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw extensionFault(name, 'has a name that is not in lower case with hyphens.')
  const knownSchemes = SCHEMES.map((scheme) => scheme.name)
  if (schemes.length === 0) throw extensionFault(name, 'names no scheme; at least one is needed.')
  if (searches.length === 0) throw extensionFault(name, 'names no search; at least one is needed.')
  for (const scheme of [...schemes, ...claims.flatMap((claim) => claim.schemes ?? [])])
    if (!knownSchemes.includes(scheme))
      throw extensionFault(
        name,
        `speaks of the scheme '${scheme}', which does not exist. Known: ${knownSchemes.join(', ')}.`,
      )
  for (const search of searches) {
    if (typeof search === 'string' && !(FOCUS as readonly string[]).includes(search))
      throw extensionFault(
        name,
        `speaks of the search '${search}', which does not exist. Known: ${FOCUS.join(', ')}.`,
      )
    if (typeof search !== 'string' && (FOCUS as readonly string[]).includes(search.name))
      throw extensionFault(name, `calls a search of its own '${search.name}', which the matrix has already.`)
  }
  const own = searches.map((search) => (typeof search === 'string' ? search : search.name))
  for (const claim of claims)
    for (const search of claim.searches ?? [])
      if (!own.includes(search))
        throw extensionFault(
          name,
          `claims ${claim.property} in the search '${search}', which it does not name. Named: ${own.join(', ')}.`,
        )
  for (const [parameter, values] of Object.entries(parameters))
    if (values.length === 0) throw extensionFault(name, `has the parameter '${parameter}' without a value.`)
}

/** Refuses extensions of which one is in another already, or two bring the same along. Throws `ModelFault`. */
export const checkTogether = (all: readonly Extension[]): void => {
  const brought = new Map<string, string>()
  for (const { name } of all) {
    if (brought.has(name)) throw extensionFault(name, 'is named twice.')
    brought.set(name, name)
  }
  for (const { name, contains = [] } of all)
    for (const inside of contains) {
      const other = brought.get(inside)
      if (other === inside)
        throw extensionFault(name, `brings '${inside}' along, which cannot stand beside it.`)
      if (other !== undefined) throw extensionFault(name, `brings '${inside}' along, and so does '${other}'.`)
      brought.set(inside, name)
    }
}

/** Refuses claims about properties that no search judges. Throws `ModelFault`. */
export const checkClaims = ({ name, claims }: Extension, trials: readonly Trial[]): void => {
  const judging = trials.filter(({ variant }) => variant === 'with')
  const labels = new Map<string, Set<string>>()
  for (const { search, model } of judging) {
    const known = labels.get(search) ?? new Set()
    for (const property of model.properties) known.add(labelOf(property))
    labels.set(search, known)
  }
  for (const { property, searches } of claims) {
    const asked = [...labels].filter(([search]) => searches?.includes(search) ?? true)
    // Its searches are not made with the attackers that are asked for.
    if (searches && asked.length === 0) continue
    if (asked.some(([, known]) => known.has(property))) continue
    const known = [...new Set(asked.flatMap(([, known]) => [...known]))]
    throw extensionFault(
      name,
      `claims something of '${property}', which ${searches ? `its searches ${searches.join(', ')} do` : 'its searches do'} not judge. Judged: ${known.join(', ') || 'nothing'}.`,
    )
  }
}
